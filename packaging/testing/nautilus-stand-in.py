"""Loads the extension for Nautilus given first, with stand-ins for Nautilus and GObject, and activates its entry.

Fails unless the program given second is started with the selected paths behind `--`, in both forms of the call.
"""

import runpy
import subprocess
import sys
import types


class Item:
    def __init__(self, **properties):
        self.properties = properties

    def connect(self, signal, handler):
        assert signal == "activate"
        self.activate = handler


class File:
    def __init__(self, path):
        self.path = path

    def get_location(self):
        return types.SimpleNamespace(get_path=lambda: self.path)


repository = types.ModuleType("gi.repository")
repository.GObject = types.SimpleNamespace(GObject=type("GObject", (), {}))
repository.Nautilus = types.SimpleNamespace(MenuProvider=type("MenuProvider", (), {}), MenuItem=Item)
sys.modules["gi"] = types.ModuleType("gi")
sys.modules["gi.repository"] = repository
started = []
subprocess.Popen = lambda words, **_options: started.append(words)

extension, program = sys.argv[1:]
menu = runpy.run_path(extension)["HashlaneMenu"]()
for arguments in ([[File("/a b"), File("/-x")]], ["window", [File("/a b"), File("/-x")]]):
    (item,) = menu.get_file_items(*arguments)
    item.activate(item)
assert started == [[program, "--", "/a b", "/-x"]] * 2, started
assert menu.get_file_items([]) == []
assert menu.get_file_items([File(None)]) == []
