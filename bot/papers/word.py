"""A Word template of `data/papers` with its facts.

Schools may edit the templates in Word.  What is put in is escaped, and a template can reach nothing but the
facts it is given (a sandbox: it may have come from anywhere).
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from bot.errors import NhacLichError
from bot.resources import data_path

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateFault(NhacLichError):  # noqa: N818 - what is at fault is the template, for its editor to mend
    """The template cannot be filled in; the sentence says which line, as Word shows it."""


def filled(name: str, facts: Mapping[str, object], *, folder: Path | None = None) -> bytes:
    """The .docx made of `<name>.docx`.  Raises TemplateFault."""
    from docx.opc.exceptions import PackageNotFoundError  # only here: a start without them is quicker
    from docxtpl import DocxTemplate

    path = (folder or data_path("papers")) / f"{name}.docx"
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(path)
        document.render(dict(facts), environment, autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, SyntaxError) as error:
        raise TemplateFault(f"Không đọc được mẫu {path.name}.", detail=type(error).__name__) from None
    except TemplateError as error:
        raise TemplateFault(_sentence(path.name, error), detail=str(error)) from None
    return out.getvalue()


def _sentence(name: str, error: TemplateError) -> str:
    """With the words around the fault, which is how somebody finds it in Word."""
    near = [line.strip() for line in getattr(error, "docx_context", ()) if "{" in line]
    where = f" Chỗ sai ở gần: “{' / '.join(near)[:200]}”." if near else ""
    return f"Mẫu {name} có chỗ không điền được: {error.message or type(error).__name__}.{where}"
