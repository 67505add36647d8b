"""Addresses of the site as a whole; the same in every language."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from home import views
from home.sitemaps import SITEMAPS

urlpatterns = [
    path("city.css", views.city_css, name="city_css"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
