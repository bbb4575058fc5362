#!/bin/sh
# Holds the kernels of this processor against those of AArch64, which an emulator runs: every version has to print the
# same digests. Needs clang, a linker and a C library for AArch64 and an emulator; on Debian these are the packages
# clang, gcc-aarch64-linux-gnu and qemu-user.
set -eu
tests=$(dirname "$0")
kernels=$tests/../../Sources/CKernels
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
clang=${CLANG:-clang}

$clang -O2 -I"$kernels/include" "$tests/digests.c" "$kernels"/*.c -lm -o "$made/here"
for file in "$tests/digests.c" "$kernels/portable.c" "$kernels/dispatch.c"; do
  $clang --target=aarch64-linux-gnu -O2 -I"$kernels/include" -c "$file" -o "$made/$(basename "$file").o"
done
aarch64-linux-gnu-gcc -static "$made"/*.o -lm -o "$made/aarch64"

"$made/here" > "$made/here.txt"
qemu-aarch64 "$made/aarch64" > "$made/aarch64.txt"
sed 1d "$made/aarch64.txt" > "$made/expected.txt"
# The digests of each version stand under a line with its name alone.
awk -v made="$made" 'NF == 1 { file = made "/version-" $1; print $1; next } { print > file }' "$made/here.txt" |
  while read -r version; do
    diff "$made/expected.txt" "$made/version-$version" || exit 1
    echo "$version here and portable on AArch64: the same bits"
  done
