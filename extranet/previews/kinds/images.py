"""Pictures: one smaller one, without what a camera writes into it."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from extranet.previews import limits
from extranet.previews.report import Fault, Report

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def read(path: Path, report: Report) -> None:
    with open_image(path) as image:
        report.facts |= {"width": image.width, "height": image.height}
        report.add_picture(upright(image))
    report.page_count = 1


def open_image(path: Path) -> Image.Image:
    """A picture whose size was looked at before anything is unpacked."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(path, formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise Fault("broken") from error
    if image.width * image.height > limits.PIXELS:
        raise Fault("large")
    return image


def upright(image: Image.Image) -> Image.Image:
    """As large as a page needs it, turned as the camera was held."""
    image.draft("RGB", (limits.WIDTH * 2, limits.WIDTH * 2))
    try:
        image.thumbnail((limits.WIDTH * 2, limits.HEIGHT * 2))
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError) as error:
        raise Fault("broken") from error
