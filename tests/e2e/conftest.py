from tests.browsers import chromium, own_site, prepared, read_only_site, visitor

__all__ = ["chromium", "own_site", "prepared", "read_only_site", "visitor"]
