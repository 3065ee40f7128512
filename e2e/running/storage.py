"""The cluster's NFS export: nfs-ganesha with squashed root in the machine that serves it, as the rendered exports file says.

The kernel's own server knows no network namespaces that a test could make; what the export allows is the same.
"""

import re

GANESHA = """
NFS_CORE_PARAM {{ Protocols = 3, 4; Bind_addr = {address}; NFS_Port = 2049; MNT_Port = 20048; NLM_Port = 32803; Enable_RQUOTA = false; }}
# After a restart clients wait for a grace period: a short one, as a server without clients that remember locks may have it.
NFSV4 {{ RecoveryBackend = fs; Grace_Period = 5; Lease_Lifetime = 5; }}
EXPORT {{
  Export_Id = 1; Path = {path}; Pseudo = {path}; Protocols = 3, 4; Transports = TCP; SecType = sys;
  CLIENT {{ Clients = {clients}; Access_Type = RW; Squash = Root_Squash; Anonymous_Uid = 65534; Anonymous_Gid = 65534; }}
  FSAL {{ Name = VFS; }}
}}
LOG {{ Default_Log_Level = EVENT; }}
"""


class Storage:
    """The export of one machine."""

    def __init__(self, lab):
        self.lab = lab
        text = (lab.folder / "machines/exports").read_text()
        exports = re.findall(r"^(\S+) (\S+)\(([^)]*)\)$", text, re.MULTILINE)
        assert len(exports) == 1 and "root_squash" in exports[0][2].split(","), f"not the exports that this proof knows:\n{text}"
        self.path, self.clients, _ = exports[0]
        server = re.search(r"^  give (\S+) 'NFS server' ", (lab.folder / "machines/steps/hosts.sh").read_text(), re.MULTILINE)[1]
        self.machine = lab.machine(server)
        self.folder = self.machine.folder / "export"

    def start(self):
        """The directory as nfs-server.sh makes it, and the server."""
        machine = self.machine
        machine("install", "-d", "-o", "nobody", "-g", "nogroup", "-m", "0777", str(self.folder))
        machine("mkdir", "-p", self.path, "/run/ganesha", "/var/lib/nfs/ganesha")
        machine("mount", "--bind", str(self.folder), self.path)
        (machine.folder / "ganesha.conf").write_text(GANESHA.format(address=machine.address, path=self.path, clients=self.clients))
        machine.start_program("rpcbind", "rpcbind", "-f", "-w")
        machine.await_success("rpcinfo", "-p")
        self.serve()

    def serve(self):
        folder = self.machine.folder
        files = ["-f", f"{folder}/ganesha.conf", "-L", f"{folder}/ganesha.log", "-p", "/run/ganesha/pid"]
        self.machine.start_program("ganesha", "ganesha.nfsd", "-F", *files)
        self.machine.await_success("bash", "-c", f"exec 3<>/dev/tcp/{self.machine.address}/2049")

    def stop(self):
        """The server is gone at once, as in a power cut."""
        self.machine.end_program("ganesha", "KILL")

    def give_clients(self, machine):
        """The program by which a machine mounts, as not every kernel has NFS; and the rules that keep its pods from the server."""
        machine("mount", "--bind", self.lab.program("mount.nfs"), "/sbin/mount.nfs")
        machine("nft", "--file", str(self.lab.folder / "machines/nfs.nft"))
