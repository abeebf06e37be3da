# What a Debian router does when its power comes on, in this order; each part says what is wrong and lets the next one try.
exec >>/var/log/start.log 2>&1
date
install -d -o bird -g bird /run/bird
[ ! -e /var/lib/hanse/router.pyz ] || /usr/bin/python3 /var/lib/hanse/router.pyz boot
[ ! -e /etc/sysctl.d/90-hanse.conf ] || sysctl -q -p /etc/sysctl.d/90-hanse.conf
[ ! -e /etc/nftables.conf ] || nft -f /etc/nftables.conf
ifup -a
[ ! -e /usr/sbin/openvpn ] || mkdir -p /run/openvpn
for conf in /etc/openvpn/ov-*.conf; do
    name=$(basename "$conf" .conf)
    [ ! -e "$conf" ] || openvpn --daemon "ovpn-$name" --cd /etc/openvpn --config "$name.conf" --writepid "/run/openvpn/$name.pid"
done
set -- /etc/swanctl/conf.d/ip-*.conf
[ ! -e "$1" ] || {
    setsid --fork /usr/sbin/charon-systemd </dev/null
    tries=100
    until swanctl --load-all --noprompt || [ $tries = 0 ]; do tries=$((tries - 1)); sleep 0.1; done
}
/usr/sbin/sshd -f /etc/ssh/lab.conf
[ ! -e /etc/dnsmasq.d/hanse.conf ] || { mkdir -p /run/dnsmasq; dnsmasq --conf-file=/etc/dnsmasq.d/hanse.conf --pid-file=/run/dnsmasq/hanse.pid; }
[ ! -e /etc/bird/bird.conf ] || bird -u bird -g bird
[ ! -e /etc/frr/frr.conf ] || /usr/lib/frr/frrinit.sh start
[ ! -e /etc/bgpd.conf ] || setsid --fork sh -c 'mkdir -p /run/openbgpd; mkdir -p -m 700 /run/hanse; echo $$ >/run/hanse/openbgpd.pid; exec /usr/sbin/bgpd -d -f /etc/bgpd.conf' </dev/null
[ ! -e /etc/gobgpd.conf ] || setsid --fork sh -c 'mkdir -p -m 700 /run/hanse; echo $$ >/run/hanse/gobgpd.pid; exec gobgpd -t toml -f /etc/gobgpd.conf --api-hosts=127.0.0.1:50051 --pprof-disable' </dev/null
[ ! -e /etc/exabgp/exabgp.conf ] || setsid --fork sh -c 'mkdir -p -m 700 /run/hanse; echo $$ >/run/hanse/exabgp.pid; export exabgp_daemon_daemonize=false exabgp_daemon_user=root exabgp_api_cli=false; exec exabgp /etc/exabgp/exabgp.conf' </dev/null
[ ! -e /etc/hanse/health.conf ] || setsid --fork /usr/bin/python3 -I /var/lib/hanse/router.pyz health </dev/null
[ ! -e /var/lib/hanse/router.pyz ] || /usr/bin/python3 /var/lib/hanse/router.pyz mend
exit 0
