#!/usr/bin/env bash
# A machine as Vagrant finds it, on a copy of this system: machine.sh FOLDER NAME. It runs in namespaces of its own, with NICs that are
# there. sshd, netplan's generator and nft are the real ones; systemd and K3s are not there.
set -euo pipefail
folder=$1 name=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

hostname "$name"
mount -t tmpfs tmpfs "$folder"
mkdir "$folder"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
cd "$folder/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mkdir -p run/sshd etc/netplan usr/local/bin var/cache/stackwright
chmod 1777 tmp
rm -rf etc/netplan/* etc/ssh etc/rancher
mkdir -p etc/ssh/sshd_config.d etc/sudoers.d
cp "$here/stubs/systemctl" usr/local/bin/systemctl
cp "$here/stubs/netplan" usr/local/bin/netplan
# As if it had been downloaded.
cp "$here/stubs/k3s-of-a-machine" "var/cache/stackwright/k3s-v1.36.1+k3s1-$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')"

# What every box has: a user whose key and password are known to everyone, host keys too, and passwords allowed.
chroot . useradd --create-home --shell /bin/bash --password "$(openssl passwd -6 vagrant)" vagrant
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" >etc/hosts
: >etc/resolv.conf
echo 'vagrant ALL=(ALL) NOPASSWD: ALL' >etc/sudoers.d/vagrant
install -d -o "$(chroot . id -u vagrant)" home/vagrant/.ssh
cp "$INSECURE_KEY" home/vagrant/.ssh/authorized_keys
printf 'Include /etc/ssh/sshd_config.d/*.conf\nSubsystem sftp internal-sftp\nPidFile /run/sshd.pid\n' >etc/ssh/sshd_config
echo 'PasswordAuthentication yes' >etc/ssh/sshd_config.d/50-cloud-init.conf
ssh-keygen -q -t ed25519 -N '' -f etc/ssh/ssh_host_ed25519_key
cp etc/ssh/ssh_host_ed25519_key.pub etc/box-host-key.pub

ip link set lo up
ip link set eth0 up
ip link set eth1 up
# As VirtualBox's NAT gives them to every machine, and netplan takes what DHCP gives.
ip address add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2 metric 100
exec chroot . /usr/sbin/sshd -D -e
