# Runs as the first process of a node's namespaces: makes its root, then waits as its init.
# $1: the node's disk, $2: its name. It prints its own number, as the machine counts.
set -e
read -r pid rest </proc/self/stat
tries=50 # the namespace of the node's last life may still hold its disk
until mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root" 2>"$1/said"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { cat "$1/said" >&2; exit 1; }
    sleep 0.1
done
cd "$1/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /dev dev
mount -t tmpfs -o mode=1777,size=16m shm dev/shm
mount -t tmpfs -o mode=755,size=16m run run
mkdir -p run/lock run/sshd run/network .old
pivot_root . .old
cd /
umount -l /.old
hostname "$2"
ip link set lo up
echo "$pid"
exec >&2
exec tini -- sleep infinity
