from django.urls import URLPattern, path

from desk.views import authorities, chronology, ledger, matters, search

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", matters.index, name="home"),
    path("due/", matters.due, name="due"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("matters/<uuid:case_id>/", matters.overview, name="overview"),
    path("matters/<uuid:case_id>/authorities/", authorities.in_matter, name="authorities"),
    path("matters/<uuid:case_id>/chronology/", chronology.chronology, name="chronology"),
    path("matters/<uuid:case_id>/ledger/", ledger.ledger, name="ledger"),
    path("matters/<uuid:case_id>/ledger/verify/", ledger.verify, name="verify"),
]
