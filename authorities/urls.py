from django.urls import URLPattern, path

from authorities import views

app_name = "authorities"

urlpatterns: list[URLPattern] = [
    path("authorities/", views.index, name="index"),
    path("authorities/<int:pk>/", views.authority, name="authority"),
]
