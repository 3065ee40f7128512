"""The network of pods over that of the machines: the kernel's VXLAN, with what Flannel or Calico would write to it for each machine."""


class Overlay:
    """One such network: the name of its card on each machine, its number, its port of UDP, and the machines' own card that it goes by."""

    # What is left of 1500 bytes beside VXLAN's header.
    MTU = 1450

    def __init__(self, lab, card, number, port, by):
        self.lab = lab
        self.card = card
        self.number = number
        self.port = port
        self.by = by

    def connect(self, machine):
        """The card on a machine, and the way by it to the pods of the others."""
        options = ["id", str(self.number), "dev", self.by, "local", machine.address, "dstport", str(self.port), "nolearning"]
        machine("ip", "link", "add", self.card, "address", hardware_address(machine), "mtu", str(self.MTU), "type", "vxlan", *options)
        machine("ip", "address", "add", f"{self._gateway(machine)}/32", "dev", self.card)
        machine("ip", "link", "set", self.card, "up")
        for other in self.lab.machines:
            if other is not machine:
                gateway = self._gateway(other)
                machine("bridge", "fdb", "append", hardware_address(other), "dev", self.card, "dst", other.address)
                machine("ip", "neighbour", "add", gateway, "lladdr", hardware_address(other), "dev", self.card, "nud", "permanent")
                machine("ip", "route", "add", str(self.lab.pods_of(other)), "via", gateway, "dev", self.card, "onlink")

    def _gateway(self, machine):
        """The address of a machine's card: the first of its share."""
        return str(self.lab.pods_of(machine)[0])


def hardware_address(machine):
    """That of a machine's card."""
    return "02:42:" + ":".join(f"{int(part):02x}" for part in machine.address.split("."))
