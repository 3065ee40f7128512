#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>

#include "server.h"

// An open file is read and written as whoever opened it, as the kernel's client does.
struct open_file {
  struct nfsfh *handle;
  struct caller opener;
  bool is_written;
};

static struct open_file *opened(struct fuse_file_info *info) { return (struct open_file *)(uintptr_t)info->fh; }

static struct caller ask_as_caller(void) {
  const struct fuse_context *context = fuse_get_context();
  struct caller caller;
  memset(&caller, 0, sizeof caller); // callers are compared byte by byte
  caller.user = context->uid;
  caller.group = context->gid;
  gid_t groups[256];
  int count = fuse_getgroups(256, groups);
  for (int i = 0; i < count && i < 256 && caller.groups_count < MOST_GROUPS; i++)
    caller.groups[caller.groups_count++] = groups[i];
  server_ask_as(&caller);
  return caller;
}

static int get_attributes(const char *path, struct stat *to, struct fuse_file_info *info) {
  struct nfs_stat_64 from;
  struct reply reply = {.copy = &from, .size = sizeof from};
  if (info != NULL) {
    server_ask_as(&opened(info)->opener);
    ASK(reply, nfs_fstat64_async(server, opened(info)->handle, server_reply, &reply));
  } else {
    ask_as_caller();
    ASK(reply, nfs_lstat64_async(server, path, server_reply, &reply));
  }
  if (reply.status < 0)
    return reply.status;
  *to = (struct stat){
      .st_dev = from.nfs_dev,
      .st_ino = from.nfs_ino,
      .st_mode = from.nfs_mode,
      .st_nlink = from.nfs_nlink,
      .st_uid = from.nfs_uid,
      .st_gid = from.nfs_gid,
      .st_rdev = from.nfs_rdev,
      .st_size = from.nfs_size,
      .st_blksize = from.nfs_blksize,
      .st_blocks = from.nfs_blocks,
      .st_atim = {from.nfs_atime, from.nfs_atime_nsec},
      .st_mtim = {from.nfs_mtime, from.nfs_mtime_nsec},
      .st_ctim = {from.nfs_ctime, from.nfs_ctime_nsec},
  };
  return 0;
}

static int may(const char *path, int mask) {
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_access2_async(server, path, server_reply, &reply));
  if (reply.status < 0)
    return reply.status;
  return (reply.status & mask) == mask ? 0 : -EACCES;
}

static int read_link(const char *path, char *to, size_t size) {
  // The target is gone when the reply's callback ends, so it is copied there, with its end.
  char target[PATH_MAX + 1] = {0};
  struct reply reply = {.copy = target, .size = PATH_MAX, .is_text = true};
  ask_as_caller();
  ASK(reply, nfs_readlink_async(server, path, server_reply, &reply));
  if (reply.status == 0)
    snprintf(to, size, "%s", target);
  return reply.status;
}

static int make_directory(const char *path, mode_t mode) {
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_mkdir2_async(server, path, mode & 07777, server_reply, &reply));
  return reply.status;
}

static int make_node(const char *path, mode_t mode, dev_t device) {
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_mknod_async(server, path, mode, device, server_reply, &reply));
  return reply.status;
}

// A file that is removed while it is open is renamed by FUSE's library, which removes it after the last close. The kernel says
// that root does, whom the server does not let: it has to be done as whoever had it open.
static struct caller last_closer;

static bool is_removed_by_library(const char *path) {
  return fuse_get_context()->uid == 0 && strncmp(strrchr(path, '/'), "/.fuse_hidden", 13) == 0;
}

static int remove_file(const char *path) {
  struct reply reply = {0};
  if (is_removed_by_library(path))
    server_ask_as(&last_closer);
  else
    ask_as_caller();
  ASK(reply, nfs_unlink_async(server, path, server_reply, &reply));
  return reply.status;
}

static int remove_directory(const char *path) {
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_rmdir_async(server, path, server_reply, &reply));
  return reply.status;
}

static int link_symbolically(const char *target, const char *path) {
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_symlink_async(server, target, path, server_reply, &reply));
  return reply.status;
}

static int link_file(const char *path, const char *other) {
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_link_async(server, path, other, server_reply, &reply));
  return reply.status;
}

static int rename_file(const char *from, const char *to, unsigned flags) {
  // NFS has neither exchange nor no-replace.
  if (flags != 0)
    return -EINVAL;
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_rename_async(server, from, to, server_reply, &reply));
  return reply.status;
}

static int change_mode(const char *path, mode_t mode, struct fuse_file_info *info) {
  (void)info;
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_chmod_async(server, path, mode & 07777, server_reply, &reply));
  return reply.status;
}

static int change_owner(const char *path, uid_t user, gid_t group, struct fuse_file_info *info) {
  (void)info;
  struct reply reply = {0};
  // -1 is "as it is" to chown, and a user to libnfs.
  struct stat now;
  int status = get_attributes(path, &now, NULL);
  if (status < 0)
    return status;
  uid_t new_user = user == (uid_t)-1 ? now.st_uid : user;
  gid_t new_group = group == (gid_t)-1 ? now.st_gid : group;
  ASK(reply, nfs_lchown_async(server, path, new_user, new_group, server_reply, &reply));
  return reply.status;
}

static struct timeval new_time(struct timespec asked, struct timespec now) {
  struct timeval time;
  if (asked.tv_nsec == UTIME_NOW)
    gettimeofday(&time, NULL);
  else if (asked.tv_nsec == UTIME_OMIT)
    time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
  else
    time = (struct timeval){asked.tv_sec, asked.tv_nsec / 1000};
  return time;
}

static int change_times(const char *path, const struct timespec asked[2], struct fuse_file_info *info) {
  (void)info;
  struct reply reply = {0};
  struct stat now;
  int status = get_attributes(path, &now, NULL);
  if (status < 0)
    return status;
  struct timeval times[2] = {new_time(asked[0], now.st_atim), new_time(asked[1], now.st_mtim)};
  ASK(reply, nfs_lutimes_async(server, path, times, server_reply, &reply));
  return reply.status;
}

static int change_size(const char *path, off_t size, struct fuse_file_info *info) {
  struct reply reply = {0};
  if (info != NULL) {
    server_ask_as(&opened(info)->opener);
    ASK(reply, nfs_ftruncate_async(server, opened(info)->handle, size, server_reply, &reply));
  } else {
    ask_as_caller();
    ASK(reply, nfs_truncate_async(server, path, size, server_reply, &reply));
  }
  return reply.status;
}

static int keep_open(struct reply *reply, struct caller opener, struct fuse_file_info *info) {
  if (reply->status < 0)
    return reply->status;
  struct open_file *file = calloc(1, sizeof *file);
  if (file == NULL)
    return -ENOMEM;
  file->handle = reply->object;
  file->opener = opener;
  info->fh = (uintptr_t)file;
  return 0;
}

static int open_file(const char *path, struct fuse_file_info *info) {
  struct reply reply = {0};
  struct caller opener = ask_as_caller();
  // The kernel knows where the end is that is appended to.
  ASK(reply, nfs_open_async(server, path, info->flags & (O_ACCMODE | O_TRUNC), server_reply, &reply));
  return keep_open(&reply, opener, info);
}

static int create_file(const char *path, mode_t mode, struct fuse_file_info *info) {
  struct reply reply = {0};
  struct caller opener = ask_as_caller();
  ASK(reply, nfs_create_async(server, path, O_RDWR | (info->flags & (O_EXCL | O_TRUNC)), mode & 07777, server_reply, &reply));
  return keep_open(&reply, opener, info);
}

static int read_file(const char *path, char *to, size_t size, off_t offset, struct fuse_file_info *info) {
  (void)path;
  struct reply reply = {.copy = to};
  server_ask_as(&opened(info)->opener);
  ASK(reply, server_read(opened(info)->handle, offset, size, &reply));
  return reply.status;
}

static int write_file(const char *path, const char *from, size_t size, off_t offset, struct fuse_file_info *info) {
  (void)path;
  struct reply reply = {0};
  server_ask_as(&opened(info)->opener);
  ASK(reply, server_write(opened(info)->handle, offset, size, from, &reply));
  if (reply.status > 0)
    opened(info)->is_written = true;
  return reply.status;
}

static int sync_file(const char *path, int data_only, struct fuse_file_info *info) {
  (void)path, (void)data_only;
  if (!opened(info)->is_written)
    return 0;
  struct reply reply = {0};
  server_ask_as(&opened(info)->opener);
  ASK(reply, nfs_fsync_async(server, opened(info)->handle, server_reply, &reply));
  if (reply.status == 0)
    opened(info)->is_written = false;
  return reply.status;
}

// Whoever opens a file after another has closed it finds what that one wrote.
static int flush_file(const char *path, struct fuse_file_info *info) { return sync_file(path, 0, info); }

static int close_file(const char *path, struct fuse_file_info *info) {
  (void)path;
  // Version 3 has no close: nothing is asked.
  struct reply reply = {0};
  last_closer = opened(info)->opener;
  nfs_close_async(server, opened(info)->handle, server_reply, &reply);
  free(opened(info));
  return 0;
}

static int read_directory(const char *path, void *to, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                          enum fuse_readdir_flags flags) {
  (void)offset, (void)info, (void)flags;
  struct reply reply = {0};
  ask_as_caller();
  ASK(reply, nfs_opendir_async(server, path, server_reply, &reply));
  if (reply.status < 0)
    return reply.status;
  struct nfsdirent *entry;
  while ((entry = nfs_readdir(server, reply.object)) != NULL)
    fill(to, entry->name, &(struct stat){.st_ino = entry->inode, .st_mode = entry->mode}, 0, 0);
  nfs_closedir(server, reply.object);
  return 0;
}

static int sync_directory(const char *path, int data_only, struct fuse_file_info *info) {
  (void)path, (void)data_only, (void)info;
  // A server has made a change to a directory durable before it answers.
  return 0;
}

static int get_space(const char *path, struct statvfs *to) {
  struct reply reply = {.copy = to, .size = sizeof *to};
  ask_as_caller();
  ASK(reply, nfs_statvfs_async(server, path, server_reply, &reply));
  return reply.status;
}

static void *configure(struct fuse_conn_info *connection, struct fuse_config *config) {
  // One request to FUSE is one to the server.
  connection->max_read = connection->max_write = server_request_size();
  config->use_ino = 1;
  config->nullpath_ok = 0;
  // Nothing is remembered, so another client's change is seen at once: the kernel's own client may take seconds.
  config->attr_timeout = config->entry_timeout = config->negative_timeout = 0;
  return NULL;
}

// There are no operations for locks, so the kernel keeps them here, between the processes of one node.
const struct fuse_operations files = {
    .init = configure,
    .getattr = get_attributes,
    .access = may,
    .readlink = read_link,
    .mkdir = make_directory,
    .mknod = make_node,
    .unlink = remove_file,
    .rmdir = remove_directory,
    .symlink = link_symbolically,
    .link = link_file,
    .rename = rename_file,
    .chmod = change_mode,
    .chown = change_owner,
    .utimens = change_times,
    .truncate = change_size,
    .open = open_file,
    .create = create_file,
    .read = read_file,
    .write = write_file,
    .flush = flush_file,
    .fsync = sync_file,
    .release = close_file,
    .readdir = read_directory,
    .fsyncdir = sync_directory,
    .statfs = get_space,
};
