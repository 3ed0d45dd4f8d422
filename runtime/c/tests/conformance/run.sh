# SPDX-License-Identifier: Apache-2.0
# run.sh RUNNER FILE DEFAULT_FILE CHECK…
# Runs the cases of FILE once for each page check ('' is the engine's own choice). Without a FILE, those of DEFAULT_FILE
# if it is there. A FILE that was asked for must be there.
runner=$1 file=$2 default_file=$3
shift 3
left_out=77

if [ -z "$file" ]; then
    file=$default_file
    if [ ! -f "$file" ]; then
        echo "conformance: left out, there is no $file; give one as CONFORMANCE=FILE"
        exit 0
    fi
fi

for check; do
    echo "conformance: $file${check:+, page check by $check}"
    "$runner" "$file" $check
    status=$?
    if [ $status -ne 0 ] && [ $status -ne $left_out ]; then
        exit $status
    fi
done
