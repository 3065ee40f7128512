# A file that became a folder, and back.
stackwright render lab --out out
CLUSTERS=file-for-folder stackwright render lab --out out
rm out/lab/machines/up.sh && CLUSTERS=file-for-folder stackwright render lab --out out
stackwright render lab --out out
