"""Bring GOV.UK Frontend, the typeface and axe-core into the repository; see README.md beside this file.

Run by a maintainer who raises a version: `python partnership/web/vendoring/vendor.py <folder to work in>`. Needs Node;
nothing else in the project does.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
VENDOR = ROOT / "static" / "vendor"
BROWSER = ROOT / "tests" / "browser" / "vendor"
FONT = "@fontsource/atkinson-hyperlegible-next"
FACES = [
    "latin-400-normal",
    "latin-400-italic",
    "latin-700-normal",
    "latin-ext-400-normal",
    "latin-ext-400-italic",
]
FACES.append("latin-ext-700-normal")
FONT_FILES = [
    (
        f"{FONT}/files/atkinson-hyperlegible-next-{face}.woff2",
        f"fonts/atkinson-hyperlegible-next-{face}.woff2",
    )
    for face in FACES
]


def main(work: Path) -> None:
    """Install into `work`, compile, copy, and write the manifests with the checksums of what was written."""
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "govuk.scss"):
        shutil.copy(HERE / name, work / name)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=work, check=True)  # noqa: S607
    modules = work / "node_modules"
    VENDOR.mkdir(parents=True, exist_ok=True)
    sass = ["npx", "sass", "--no-source-map", "--style=compressed", "--load-path=node_modules", "govuk.scss"]
    css = subprocess.run(sass, cwd=work, check=True, capture_output=True, text=True).stdout  # noqa: S603
    script = (modules / "govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text()
    script = script.split("//# sourceMappingURL=")[0].rstrip() + "\n"  # the map is not vendored
    govuk = (
        _write("govuk-frontend/govuk-frontend.min.css", css),
        _write("govuk-frontend/govuk-frontend.min.js", script),
    )
    licence = HERE / "govuk-frontend-licence.txt"  # the package names its licence, but leaves the text out
    packages = [
        _entry(modules, "govuk-frontend", [*govuk, _copy(licence, "govuk-frontend/LICENSE.txt")]),
        _entry(
            modules,
            FONT,
            [_copy(modules / source, target) for source, target in FONT_FILES]
            + [_copy(modules / FONT / "LICENSE", "fonts/LICENSE.txt")],
        ),
    ]
    _manifest(VENDOR, packages)
    BROWSER.mkdir(parents=True, exist_ok=True)
    axe = [_copy(modules / "axe-core/axe.min.js", "axe.min.js", BROWSER)]
    axe.append(_copy(modules / "axe-core/LICENSE", "LICENSE.txt", BROWSER))
    _manifest(BROWSER, [_entry(modules, "axe-core", axe, BROWSER)])


def _write(target: str, text: str) -> str:
    path = VENDOR / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return target


def _copy(source: Path, target: str, folder: Path = VENDOR) -> str:
    path = folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, path)
    return target


def _entry(modules: Path, package: str, files: list[str], folder: Path = VENDOR) -> dict[str, object]:
    about = json.loads((modules / package / "package.json").read_text())
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}
    return {
        "package": package,
        "version": about["version"],
        "licence": about["license"],
        "files": sums,
    }


def _manifest(folder: Path, packages: list[dict[str, object]]) -> None:
    (folder / "manifest.json").write_text(json.dumps({"packages": packages}, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
