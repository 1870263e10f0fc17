"""Forms and files that are built oddly: no value is lost, and none stops the other documents."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, PageCopyWarning, Pdf, String

from bundles.pdf.build import build
from bundles.pdf.errors import SourceRefused
from bundles.pdf.sources import open_source
from tests.bench.bundle_pdfs import Sheet, drawn, spec_of
from tests.integration.bundles_pdf.test_bundle_inputs import same_outside_marks

LOOK = b"/Tx BMC EMC"


def field(pdf: Pdf, at: int, **keys: Any) -> Object:
    place = [100, at, 300, at + 50]
    words = String("/F1 12 Tf 0 g")
    name = String(f"t{at}")
    one = Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=name, DA=words, F=4, Rect=place, **keys)
    return pdf.make_indirect(one)


def form(path: Path, fields: Callable[[Pdf], list[Object]], **keys: Any) -> Path:
    with drawn([Sheet()]) as pdf:
        made = fields(pdf)
        pdf.pages[0].obj.Annots = Array(made)
        pdf.Root.AcroForm = Dictionary(Fields=Array(made), DR=pdf.pages[0].obj.Resources, **keys)
        pdf.save(path)
    return path


def test_values_without_a_look_show_as_viewers_show_them(tmp_path: Path) -> None:
    def fields(pdf: Pdf) -> list[Object]:
        lines = String("line one\rline two\rline three, so long that it has to wrap in its box")
        options = Array([Array([String("b"), String("Beta")])])
        return [
            field(pdf, 100, FT=Name.Tx, Ff=1 << 12, V=lines),
            field(pdf, 200, FT=Name.Ch, Ff=1 << 17, V=String("b"), Opt=options),
            field(pdf, 300, FT=Name.Ch, V=Array([String("x")]), Opt=Array([String("x"), String("y")])),
            field(pdf, 400, FT=Name.Btn, V=Name.Yes, AS=Name.Yes, MK=Dictionary(CA=String("4"))),
            field(pdf, 500, FT=Name.Tx, V=String("Кириллица 漢字")),
        ]

    path = form(tmp_path / "form.pdf", fields)
    report = build(spec_of([path]), tmp_path / "out.pdf")
    same_outside_marks(path, report, report.entries[0])


def test_an_outdated_look_gives_way_to_the_value_and_a_field_outside_the_form_is_flat(tmp_path: Path) -> None:
    def look(pdf: Pdf) -> Dictionary:
        box = Array([0, 0, 200, 50])
        return Dictionary(N=pdf.make_stream(LOOK, Type=Name.XObject, Subtype=Name.Form, BBox=box))

    def fields(pdf: Pdf) -> list[Object]:
        return [field(pdf, 100, FT=Name.Tx, V=String("forty pounds"), AP=look(pdf))]

    path = form(tmp_path / "form.pdf", fields, NeedAppearances=True)
    with open_source(path).pdf as pdf:
        assert any(b"forty pounds" in one.read_bytes() for one in pdf.pages[0].obj.Resources.XObject.values())
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.AcroForm
        with pytest.warns(PageCopyWarning):
            pdf.save(path)
    with open_source(path).pdf as pdf:
        assert not len(pdf.pages[0].obj.Annots)


def test_malformed_catalogues_stop_nobody_else(tmp_path: Path) -> None:
    odd = [
        ("/AA", 1),
        ("/Names", Name.Odd),
        ("/AcroForm", Dictionary(Fields=Name.Odd, XFA=1)),
        ("/AcroForm", Dictionary(Fields=Array([1, Dictionary(FT=Name.Sig, Kids=Name.Odd)]))),
        ("/OCProperties", Dictionary(OCGs=Name.Odd, D=Dictionary(OFF=3))),
        ("/OCProperties", Dictionary(OCGs=Array([1]), D=Name.Odd)),
    ]
    paths = [tmp_path / f"odd-{number}.pdf" for number in range(len(odd))]
    for path, (key, value) in zip(paths, odd, strict=True):
        with drawn([Sheet()]) as pdf:
            pdf.Root[key] = value
            pdf.save(path)
    report = build(spec_of(paths, on_failure="placeholder"), tmp_path / "out.pdf")
    assert all(entry.status == "included" or entry.reason for entry in report.entries)
    assert report.pages == len(odd) + report.index_pages


def test_scripts_in_odd_places_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    with drawn([Sheet()]) as pdf:
        leaf = pdf.pages[0].obj
        place = Array([0, 0, 9, 9])
        file = Dictionary(Type=Name.Filespec, EF=Dictionary(F=pdf.make_stream(b"MZ")))
        leaf.PieceInfo = Dictionary(Editor=Dictionary(Private=String("an earlier draft")))
        leaf.Annots = Array(
            [
                Dictionary(Subtype=Name.Link, Rect=place, PA=script),
                Dictionary(Subtype=Name.Link, Rect=place, A=Array([script])),
                Dictionary(Subtype=Name.Text, Rect=place, AF=Array([file])),
            ]
        )
        pdf.save(path)
    source = open_source(path)
    with source.pdf as pdf:
        leaf = pdf.pages[0].obj
        assert "/PieceInfo" not in leaf
        assert not any(key in note for note in leaf.Annots for key in ("/PA", "/A", "/AF"))
    assert source.notes == ("Left out of the copy: attached file, automatic action",)


def test_drawings_without_end_are_refused_before_anybody_draws_them(tmp_path: Path) -> None:
    path = tmp_path / "endless.pdf"
    with drawn([Sheet()]) as pdf:
        form, box = pdf.make_stream(b"0 0 9 9 re f"), Array([0, 0, 99, 99])
        for _ in range(9):
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, box
            inner, form = form, pdf.make_stream(b"/In Do " * 10)
            form.Resources = Dictionary(XObject=Dictionary(In=inner))
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, box
        pdf.pages[0].obj.Resources.XObject = Dictionary(In=form)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/In Do")
        pdf.save(path)
    with pytest.raises(SourceRefused, match="page 1 draws the same things over and over"):
        open_source(path)


def test_links_by_number_lead_to_their_own_documents_page(tmp_path: Path) -> None:
    path = tmp_path / "numbers.pdf"
    with drawn([Sheet()] * 3) as pdf:
        target = Array([2, Name.Fit])
        place = Array([0, 0, 9, 9])
        action = Dictionary(S=Name.GoTo, D=target)
        direct = Dictionary(Subtype=Name.Link, Rect=place, Dest=target)
        pdf.pages[0].obj.Annots = Array([direct, Dictionary(Subtype=Name.Link, Rect=place, A=action)])
        pdf.save(path)
    report = build(spec_of([path, path]), tmp_path / "out.pdf")
    with Pdf.open(report.file) as pdf:
        for entry in report.entries:
            assert entry.first_page
            last = pdf.pages[entry.first_page + 1].obj
            for note in pdf.pages[entry.first_page - 1].obj.Annots:
                assert note.Dest[0].objgen == last.objgen


def test_notes_move_with_a_page_set_on_a_sheet_also_where_it_stands_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "notes.pdf"
    with drawn([Sheet()]) as pdf:
        place, pen = Array([100, 100, 200, 200]), Array([Array([100, 100, 200, 200])])
        ink = Dictionary(Type=Name.Annot, Subtype=Name.Ink, Rect=place, InkList=pen)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(ink), ink, Dictionary(Rect=Name.Odd)])
        pdf.save(path)
    spec = spec_of([path], profile="us-district")
    section = spec.sections[0]
    twice = replace(section, entries=(replace(section.entries[0], pages=(1, 1)),))
    report = build(replace(spec, sections=(twice,)), tmp_path / "out.pdf")
    with Pdf.open(report.file) as pdf:
        for page in list(pdf.pages)[report.index_pages :]:
            for note in list(page.obj.Annots)[:2]:
                moved = [round(float(edge)) for edge in note.Rect]
                assert moved == [120, 94, 214, 188]
                assert [round(float(edge)) for edge in note.InkList[0]] == moved
