"""Every address of the site; ``tests/contract/test_urls.py`` lists who may reach each."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config import api

urlpatterns = [
    path("", include("desk.urls")),
    path("", include("cases.urls")),
    path("", include("evidence.urls")),
    path("", include("bundles.urls")),
    path("", include("comparison.urls")),
    path("", include("authorities.urls")),
    path("account/", include("accounts.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/", include((api.urlpatterns, "api"))),
]
