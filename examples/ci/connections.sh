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
    local overrides=() said author override each
    # One line per commit: who, a tab, the overrides.
    said=$(git log --format='%h, %an%x09%(trailers:key=Plan-Override,valueonly,unfold,separator=%x1f)' "$1")
    while IFS=$'\t' read -r author override; do
        while IFS= read -r -d $'\x1f' each; do
            [ -z "$each" ] || overrides+=(--override "$each (commit $author)")
        done <<<"$override"$'\x1f'
    done <<<"$said"
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
