# The first process of a guest: its root is this machine's /, read-only, with a file system in memory laid over it.
# $1: the file with the agent's token, $2: the agent, $3: the Python to run it.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
set -e
mount -t proc proc /proc
read -r _ _ kernel _ </proc/version
modules=/usr/lib/uml/modules/$kernel
insmod "$modules/kernel/fs/overlayfs/overlay.ko"
token=$(cat "$1")
mount -t tmpfs -o mode=755,size=90% tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cd /mnt/root
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs dev dev
mkdir -p dev/pts dev/shm dev/net
mknod dev/net/tun c 10 200
mount -t devpts -o ptmxmode=666 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
mount -t tmpfs -o mode=755 run run
mkdir -p run/lock run/sshd lib/modules .old
ln -sfn "$modules" "lib/modules/$kernel"
pivot_root . .old
cd /
umount -l /.old
ln -sfn /proc/self/fd /dev/fd
[ -e /dev/ptmx ] || ln -s pts/ptmx /dev/ptmx
(umask 077; echo -n "$token" >/run/token)
modprobe ipv6 # a module in this kernel, and never loaded by itself
ip -batch - <<END
link set lo up
address add fe80::2/64 dev vec0 nodad
link set vec0 up
END
exec tini -- "$3" -S -E "$2" /run/token
