// The one connection to the NFS server, and how something is asked of it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/types.h>
// It needs sys/time.h before it.
#include <nfsc/libnfs.h>

// What AUTH_SYS carries of a process: RFC 5531 has room for 16 groups.
#define MOST_GROUPS 16
struct caller {
  uid_t user;
  gid_t group;
  unsigned groups_count;
  gid_t groups[MOST_GROUPS];
};

struct reply {
  bool is_here;
  int status;     // or minus the error's number
  void *copy;     // where the reply's data goes, of which `size` bytes are copied, or `status` many if that is 0
  size_t size;
  bool is_text;   // that ends before `size`
  void *object;   // the reply's data itself, if it outlives the reply
};

extern struct nfs_context *server;

// Mounts the export; then the connection is made again as often as it is lost.
bool server_mount(const char *name, const char *export);

// What is asked from here on is asked as this caller.
void server_ask_as(const struct caller *caller);

// A libnfs callback that keeps the reply.
void server_reply(int status, struct nfs_context *context, void *data, void *reply);

// The most bytes that one request reads or writes.
unsigned server_request_size(void);

// What libnfs has for these tells all errors as one, so they are asked for one level below; a reply's status is a count.
int server_read(struct nfsfh *file, uint64_t offset, size_t size, struct reply *reply);
int server_write(struct nfsfh *file, uint64_t offset, size_t size, const char *data, struct reply *reply);

// Waits for a reply. True if it is lost, and so has to be asked for again.
bool server_await(struct reply *reply);

// Asks until there is an answer, however long the server is away: like a hard mount. `request` is a libnfs call that ends
// with `server_reply, &reply`.
#define ASK(reply, request)                                        \
  do {                                                             \
    (reply).is_here = false;                                       \
    if ((request) != 0)                                            \
      (reply).is_here = true, (reply).status = -ENOMEM;            \
  } while (server_await(&(reply)))
