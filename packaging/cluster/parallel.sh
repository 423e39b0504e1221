#!/bin/sh
# Hashes a folder with GNU parallel: as many parts at once as --jobs says, on this machine or on those of --sshlogin.
#
#   parallel.sh ROOT PARTS WORK [options of parallel]
#
# WORK is a new folder, outside of ROOT, that all machines see under this name. HASHLANE_OPTIONS has options for
# 'hashlane hash'. Started again with the same WORK, it goes on with what is left.
set -eu
[ $# -ge 3 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$1 parts=$2 work=$3
shift 3
HASHLANE=${HASHLANE:-hashlane}
mkdir -p "$work/journals"
work=$(cd "$work" && pwd)
[ -e "$work/plan/plan.json" ] || "$HASHLANE" plan "$root" --parts "$parts" -o "$work/plan"
# The part's number is that of its list. What fails is started once more, and the merge names what is missing then.
seq -f %05.0f 0 $((parts - 1)) | parallel --retries 2 "$@" \
  "$HASHLANE hash --plan '$work'/plan/part-{}.list --journal '$work'/journals/{}.hlj ${HASHLANE_OPTIONS:-} >/dev/null" ||
  echo "some parts ended with an error" >&2
"$HASHLANE" merge "$work/journals" -o "$work/manifest" --summary-json "$work/summary.json"
