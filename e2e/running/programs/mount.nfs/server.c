#include "server.h"

#include <errno.h>
#include <nfsc/libnfs-raw-nfs.h>
#include <nfsc/libnfs-raw.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LARGEST_REQUEST (128 * 1024)

struct nfs_context *server;

static void pause_for(long milliseconds) {
  nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000}, NULL);
}

bool server_mount(const char *name, const char *export) {
  server = nfs_init_context();
  if (server == NULL)
    return false;
  // Version 3 has no state that a restarted server or a client that was away would lose.
  nfs_set_version(server, NFS_V3);
  // Another client's file is to be seen at once.
  nfs_set_dircache(server, 0);
  nfs_set_uid(server, 0);
  nfs_set_gid(server, 0);
  if (nfs_mount(server, name, export) != 0)
    return false;
  nfs_set_autoreconnect(server, -1);
  // A server that does not answer is tried again after 15 seconds, not after two minutes.
  nfs_set_tcp_syncnt(server, 3);
  return true;
}

void server_ask_as(const struct caller *caller) {
  static struct caller now = {.user = (uid_t)-1};
  if (memcmp(&now, caller, sizeof now) == 0)
    return;
  struct AUTH *credentials =
      libnfs_authunix_create("localhost", caller->user, caller->group, caller->groups_count, (uint32_t *)caller->groups);
  if (credentials == NULL)
    return;
  rpc_set_auth(nfs_get_rpc_context(server), credentials);
  now = *caller;
}

void server_reply(int status, struct nfs_context *context, void *data, void *private) {
  (void)context;
  struct reply *reply = private;
  reply->is_here = true;
  reply->status = status;
  reply->object = data;
  if (status < 0 || reply->copy == NULL)
    return;
  if (reply->is_text)
    strncpy(reply->copy, data, reply->size);
  else
    memcpy(reply->copy, data, reply->size);
}

unsigned server_request_size(void) {
  uint64_t most = nfs_get_readmax(server) < nfs_get_writemax(server) ? nfs_get_readmax(server) : nfs_get_writemax(server);
  return most < LARGEST_REQUEST ? most : LARGEST_REQUEST;
}

// True with its status where there is nothing more to look at.
static bool has_failed(struct reply *reply, int rpc_status, int nfs_status) {
  reply->is_here = true;
  reply->status = rpc_status != RPC_STATUS_SUCCESS ? -EIO : nfsstat3_to_errno(nfs_status);
  return reply->status < 0;
}

static void read_reply(struct rpc_context *context, int status, void *data, void *private) {
  (void)context;
  struct reply *reply = private;
  const READ3res *result = data;
  if (has_failed(reply, status, status == RPC_STATUS_SUCCESS ? (int)result->status : 0))
    return;
  const READ3resok *read = &result->READ3res_u.resok;
  reply->status = (int)read->data.data_len;
  memcpy(reply->copy, read->data.data_val, read->data.data_len);
}

static void write_reply(struct rpc_context *context, int status, void *data, void *private) {
  (void)context;
  struct reply *reply = private;
  const WRITE3res *result = data;
  if (!has_failed(reply, status, status == RPC_STATUS_SUCCESS ? (int)result->status : 0))
    reply->status = (int)result->WRITE3res_u.resok.count;
}

// Both are a length and where the bytes are; the second is the one that requests have.
static nfs_fh3 handle_of(struct nfsfh *file) { return *(nfs_fh3 *)nfs_get_fh(file); }

int server_read(struct nfsfh *file, uint64_t offset, size_t size, struct reply *reply) {
  READ3args asked = {.file = handle_of(file), .offset = offset, .count = size};
  return rpc_nfs3_read_async(nfs_get_rpc_context(server), read_reply, &asked, reply);
}

int server_write(struct nfsfh *file, uint64_t offset, size_t size, const char *data, struct reply *reply) {
  WRITE3args asked = {.file = handle_of(file), .offset = offset, .count = size, .stable = UNSTABLE};
  asked.data.data_len = size;
  asked.data.data_val = (char *)data;
  return rpc_nfs3_write_async(nfs_get_rpc_context(server), write_reply, &asked, reply);
}

bool server_await(struct reply *reply) {
  bool is_lost = false;
  while (!reply->is_here) {
    struct pollfd connection = {.fd = nfs_get_fd(server), .events = nfs_which_events(server)};
    poll(&connection, 1, 100);
    // libnfs connects again at once, and would do nothing else while nobody listens there.
    if (connection.revents & (POLLERR | POLLHUP))
      pause_for(200);
    // It may fail with the request still waiting, to be sent over the next connection, or with the request given up.
    is_lost = nfs_service(server, connection.revents) < 0;
    if (is_lost)
      pause_for(200);
  }
  // NFS3ERR_JUKEBOX, as a server says that has just started, is EAGAIN to libnfs.
  if (reply->status == -EAGAIN) {
    pause_for(500);
    return true;
  }
  return is_lost && reply->status < 0;
}
