// The file system: what the kernel asks of FUSE is asked of the server.
#pragma once

#define FUSE_USE_VERSION 31
#include <fuse3/fuse.h>

extern const struct fuse_operations files;
