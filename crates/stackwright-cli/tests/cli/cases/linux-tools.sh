# A full disk at the other end of a pipe is an error, and a folder that nothing can be made in.
stackwright render > /dev/full
stackwright render --out /proc/stackwright
# The manifest is what sha256sum writes and reads.
stackwright render --out out 2>/dev/null && cd out && sha256sum --check SHA256SUMS
