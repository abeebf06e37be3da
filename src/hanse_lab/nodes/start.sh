# What a Debian router does when its power comes on, in this order; each part says what is wrong and lets the next one try.
exec >>/var/log/start.log 2>&1
date
install -d -o bird -g bird /run/bird
[ ! -e /var/lib/hanse/router.pyz ] || /usr/bin/python3 /var/lib/hanse/router.pyz boot
[ ! -e /etc/sysctl.d/90-hanse.conf ] || sysctl -q -p /etc/sysctl.d/90-hanse.conf
[ ! -e /etc/nftables.conf ] || nft -f /etc/nftables.conf
ifup -a
/usr/sbin/sshd -f /etc/ssh/lab.conf
[ ! -e /etc/bird/bird.conf ] || bird -u bird -g bird
exit 0
