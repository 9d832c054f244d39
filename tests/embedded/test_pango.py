"""Where the PDF documents' drawing library comes from."""

from partnership.embedded import pango


def never():
    return False


def test_nothing_is_changed_where_the_system_has_pango(tmp_path):
    assert pango.environment(tmp_path, tmp_path, {}, system=lambda: True, platform="linux") == {}


def test_a_copy_fetched_before_is_used_with_a_font_list_of_its_own(tmp_path):
    library = tmp_path / "pango/root/usr/lib/libpango-1.0.so.0"
    library.parent.mkdir(parents=True)
    library.touch()

    found = pango.environment(tmp_path, tmp_path, {"LD_LIBRARY_PATH": "/before"}, system=never, platform="linux")

    assert found["LD_LIBRARY_PATH"] == f"{library.parent}:/before"
    assert str(tmp_path / "pango/root/usr/share/fonts") in (tmp_path / "pango/fonts.conf").read_text()


def test_a_child_does_not_add_the_copy_a_second_time(tmp_path):
    environ = {"FONTCONFIG_FILE": str(tmp_path / "pango" / "fonts.conf")}

    assert pango.environment(tmp_path, tmp_path, environ, system=never, platform="linux") == {}


def test_where_it_cannot_be_had_one_sentence_names_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pango.debian, "available", never)

    assert pango.environment(tmp_path, tmp_path, {}, system=never, platform="linux") == {}
    assert "sudo apt-get install libpango-1.0-0" in capsys.readouterr().err


def test_macos_is_sent_to_homebrew(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pango, "HOMEBREW", (tmp_path,))

    assert pango.environment(tmp_path, tmp_path, {}, platform="darwin") == {}
    assert "brew install pango" in capsys.readouterr().err
