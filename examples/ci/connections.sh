#!/usr/bin/env bash
# What the pipelines of this folder run, whichever of them it is. Copied into a project as ci/connections.sh.
#
#   connections.sh plan [range]   what the next update would do, judged by the gates: plan.md, plan.html
#   connections.sh up [range]     the same, and then the update
#   connections.sh drift          fails where Flow Service is not what the program says: plan.md, plan.html
#
# The range is where git looks for overrides: commits with a last line such as
#
#   Plan-Override: delete: the bucket is empty since May, OPS-1204
#
# By default it is what the merge commit that is checked out brings. PULUMI_STACK names the stack; GATES and
# POLICY_PACK, a folder, may be set.
set -euo pipefail

bin=${VENV:-.venv}/bin
gates=${GATES:-replace-in-use,delete-in-use,change>20%,delete>0}
: "${PULUMI_STACK:?names the stack}"

report() {
    local packs=()
    if [ -n "${POLICY_PACK:-}" ]; then
        packs=(--policy-pack "$POLICY_PACK")
    fi
    # ${x[@]+…}: an empty array is an unset variable to the bash of macOS.
    "$bin/adobe-flow" report --stack "$PULUMI_STACK" --markdown plan.md --html plan.html \
        ${packs[@]+"${packs[@]}"} "$@"
}

judge() {
    local overrides=() commits commit author lines each
    commits=$(git rev-list "$1")
    for commit in $commits; do
        # Each asked for by itself: an author's name may have any character, a separator too.
        author=$(git log -1 --format='%h, %an' "$commit")
        lines=$(git log -1 --format='%(trailers:key=Plan-Override,valueonly,unfold)' "$commit")
        while IFS= read -r each; do
            [ -z "$each" ] || overrides+=(--override "$each (commit $author)")
        done <<<"$lines"
    done
    report --live --fail-on "$gates" ${overrides[@]+"${overrides[@]}"}
}

case "${1:-}" in
    plan)
        judge "${2:-HEAD^1..HEAD}"
        ;;
    up)
        judge "${2:-HEAD^1..HEAD}"
        pulumi up --yes --skip-preview --non-interactive --stack "$PULUMI_STACK"
        ;;
    drift)
        report --refresh --fail-on 'create>0,change>0'
        ;;
    *)
        echo "usage: $0 plan|up [range], or drift" >&2
        exit 2
        ;;
esac
