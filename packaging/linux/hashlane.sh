#!/bin/sh
# The command, from wherever this folder was unpacked; a link to this file may lie on the PATH.
exec "$(dirname "$(readlink -f "$0")")/command/dist/cli/hashlane" "$@"
