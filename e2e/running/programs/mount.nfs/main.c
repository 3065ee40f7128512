// mount.nfs for a kernel without an NFS client: a FUSE file system that speaks version 3 through libnfs.
//
// mount(8) runs `mount.nfs SERVER:PATH FOLDER [-rwsfnv] [-o OPTIONS]`. Of the options `ro` counts; every mount is hard.
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "server.h"

enum { WRONG_USE = 1, MOUNT_FAILED = 32 }; // mount(8), "exit status"

static bool is_among(const char *option, const char *options) {
  size_t length = strlen(option);
  for (const char *at = options; at != NULL && *at != '\0'; at = strchr(at, ','), at = at != NULL ? at + 1 : NULL)
    if (strncmp(at, option, length) == 0 && (at[length] == ',' || at[length] == '\0'))
      return true;
  return false;
}

int main(int count, char **arguments) {
  const char *options = "";
  bool is_read_only = false;
  int letter;
  while ((letter = getopt(count, arguments, "rwsfnvN:t:o:")) != -1) {
    if (letter == 'o')
      options = optarg;
    if (letter == 'r')
      is_read_only = true;
    if (letter == '?')
      return WRONG_USE;
  }
  if (count - optind != 2) {
    fprintf(stderr, "usage: mount.nfs SERVER:PATH FOLDER [-o OPTIONS]\n");
    return WRONG_USE;
  }
  char *source = arguments[optind], *folder = arguments[optind + 1];
  is_read_only |= is_among("ro", options);

  char *export = strstr(source, ":/");
  if (export == NULL) {
    fprintf(stderr, "mount.nfs: %s is not SERVER:PATH\n", source);
    return WRONG_USE;
  }
  char *name = strndup(source, export - source);
  if (!server_mount(name, export + 1)) {
    fprintf(stderr, "mount.nfs: mounting %s failed: %s\n", source, server != NULL ? nfs_get_error(server) : "no memory");
    return MOUNT_FAILED;
  }

  char *fuse_options;
  if (asprintf(&fuse_options, "allow_other,dev,suid,fsname=%s,subtype=nfs,max_read=%u%s", source, server_request_size(),
               is_read_only ? ",ro" : "") < 0)
    return MOUNT_FAILED;
  // The mode of a new file is the caller's alone.
  umask(0);
  // One thread: a request to FUSE waits for the one before it, and for nothing else.
  char *fuse_arguments[] = {"mount.nfs", "-s", "-o", fuse_options, folder, NULL};
  return fuse_main(5, fuse_arguments, &files, NULL) == 0 ? 0 : MOUNT_FAILED;
}
