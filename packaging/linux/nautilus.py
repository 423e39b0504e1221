"""Nautilus: "Hash with Hashlane" in the menu of files and folders. Loaded where python3-nautilus is installed."""

import subprocess

from gi.repository import GObject, Nautilus

PROGRAM = "/opt/Hashlane/hashlane-desktop"


class HashlaneMenu(GObject.GObject, Nautilus.MenuProvider):
    def get_file_items(self, *arguments):
        # Until Nautilus 43 the window comes first.
        files = arguments[-1]
        paths = [file.get_location().get_path() for file in files]
        # What is not mounted has no path: Hashlane could not read it.
        if not paths or None in paths:
            return []
        item = Nautilus.MenuItem(name="Hashlane::Hash", label="Hash with Hashlane")
        item.connect("activate", lambda _item: subprocess.Popen([PROGRAM, "--", *paths], start_new_session=True))
        return [item]
