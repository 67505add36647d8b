"""Front page, ordinary pages and the site's settings."""

from home.models.pages import ContentPage, HomePage
from home.models.settings import CitySettings, FooterLink, SocialLink

__all__ = ["CitySettings", "ContentPage", "FooterLink", "HomePage", "SocialLink"]
