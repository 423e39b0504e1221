#!/bin/sh
# Hashes a folder with a Slurm array: a plan, one task for each part, and a merge once all tasks have ended.
#
#   submit.sh ROOT PARTS WORK [options of 'hashlane hash', such as -a sha256,blake3]
#
# WORK is a new folder that all nodes see, outside of ROOT. SBATCH_... variables and HASHLANE_SBATCH add options for
# sbatch, HASHLANE names another command. Started again with the same WORK, it goes on with what is left.
set -eu
[ $# -ge 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$1 parts=$2 work=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
HASHLANE=${HASHLANE:-hashlane}
export HASHLANE
mkdir -p "$work/journals" "$work/logs"
work=$(cd "$work" && pwd)
[ -e "$work/plan/plan.json" ] || "$HASHLANE" plan "$root" --parts "$parts" -o "$work/plan"
# shellcheck disable=SC2086 # several options
array=$(sbatch --parsable ${HASHLANE_SBATCH:-} --array="0-$((parts - 1))" --output="$work/logs/%a.log" \
  "$here/part.sbatch" "$work" "$@")
# After all tasks, however they ended: the merge names what is missing.
# shellcheck disable=SC2086
merge=$(sbatch --parsable ${HASHLANE_SBATCH:-} --dependency="afterany:$array" --output="$work/logs/merge.log" \
  "$here/merge.sbatch" "$work")
echo "array $array, merge $merge"
