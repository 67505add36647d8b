"""`make catalogue`: a picture of every block's preview, and the document that shows them."""

import io
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import sync_playwright

django.setup()

from tests.a11y.previews import preview_addresses  # noqa: E402  (needs the app registry)
from tests.browsers import CHROMIUM_FLAGS, chromium_path, sign_in  # noqa: E402
from tests.siteserver import ROOT, copy_site, prepared_site, running_site  # noqa: E402

PICTURES = ROOT / "docs" / "reference" / "blocks"
VIEW = {"width": 760, "height": 600}
MAX_HEIGHT = 700
COLOURS = 64


def save_small(picture: bytes, target: Path, max_height: int = MAX_HEIGHT) -> None:
    """Store a screenshot as a PNG of few colours, which is what flat pages consist of."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, max_height)))
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> int:
    """Photograph every preview on a demo site of its own, or one kept in the folder named first; write the document."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="catalogue-") as folder, sync_playwright() as playwright:
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        data = copy_site(prepared_site(kept), Path(folder) / "site")
        with running_site(data) as site:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
            context = browser.new_context(base_url=site.url, locale="fi-FI", viewport=VIEW, reduced_motion="reduce")
            sign_in(context, "yllapito")
            addresses = preview_addresses(context, site)
            page = context.new_page()
            for name, address in addresses.items():
                page.goto(address, wait_until="networkidle")
                save_small(page.locator("body").screenshot(), PICTURES / f"{name}.png")
            browser.close()
        for stale in PICTURES.glob("*.png"):
            if stale.stem not in addresses:
                stale.unlink()
        call_command("block_catalogue")
    return 0


if __name__ == "__main__":
    sys.exit(main())
