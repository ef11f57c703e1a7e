#!/usr/bin/env bash
# A private mail server for the tests: Dovecot and Postfix on loopback, with their own certificate authority.
#
#   tests/stack.sh start [DIR]   write the settings, start both, wait until they answer, print HB_* lines for eval
#   tests/stack.sh stop  [DIR]   end the processes that start made; their folder stays
#   tests/stack.sh wipe  [DIR]   stop, and delete the folder
#   tests/stack.sh certificates DIR   make a certificate authority and a server's certificate in DIR/tls, no more
#   tests/stack.sh missing       name what start would need and this machine lacks; nothing when all is there
#
# DIR is target/mailstack unless given. Ports are random, so that several can run side by side.
# People, all with the same password: owner, desk, ana, ben, carla and u1 to u200, each @example.test; mail to
# ana+anything@ reaches ana. Postfix notes who logged in in its Received line, as servers that vouch for their
# users do. No mail leaves the machine: other domains bounce.
# Needs root, since both servers run as users of their own. STACK_FOR=PID stops and deletes the stack when that
# process ends, however it ends.
set -euo pipefail

DOMAIN=example.test
PASSWORD=test-only
# Mail is kept under a user that every Debian has, so nothing on the machine changes.
MAIL_USER=mail

die() {
  echo "stack.sh: $*" >&2
  exit 1
}

missing() {
  local word
  [ "$(id -u)" = 0 ] || echo root
  for word in dovecot:dovecot-core postfix:postfix openssl:openssl; do
    command -v "${word%%:*}" >/dev/null || echo "${word##*:}"
  done
  [ -x /usr/lib/dovecot/lmtp ] || echo dovecot-lmtpd
  [ -x /usr/lib/dovecot/imap ] || echo dovecot-imapd
}

# ---- ports -------------------------------------------------------------------------------------------------------

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the kernel takes ports for outgoing connections.
free_port() {
  local port
  while :; do
    port=$((10000 + (RANDOM * 32768 + RANDOM) % 22000))
    case " $TAKEN " in *" $port "*) continue ;; esac
    if is_free "$port"; then break; fi
  done
  TAKEN="$TAKEN $port"
  PORT=$port
}

# ---- settings ----------------------------------------------------------------------------------------------------

make_certificates() {
  local tls=$DIR/tls
  mkdir -p "$tls"
  openssl ecparam -name prime256v1 -genkey -noout -out "$tls/ca.key"
  openssl req -x509 -new -key "$tls/ca.key" -days 30 -subj "/CN=handback test authority" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" -out "$tls/ca.pem"
  openssl ecparam -name prime256v1 -genkey -noout -out "$tls/server.key"
  openssl req -new -key "$tls/server.key" -subj "/CN=localhost" -out "$tls/server.csr"
  cat >"$tls/extensions" <<END
subjectAltName=DNS:localhost,DNS:mail.$DOMAIN,IP:127.0.0.1
basicConstraints=critical,CA:FALSE
extendedKeyUsage=serverAuth
END
  openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -CAcreateserial -days 30 \
    -extfile "$tls/extensions" -out "$tls/server.pem"
  chmod 600 "$tls"/*.key
}

people() { echo owner desk ana ben carla $(seq -f 'u%g' 1 200); }

write_dovecot() {
  local home=$DIR/dovecot uid gid name
  uid=$(id -u "$MAIL_USER")
  gid=$(id -g "$MAIL_USER")
  mkdir -p "$home/run" "$home/state" "$DIR/mail"
  chown "$uid:$gid" "$DIR/mail"
  for name in $(people); do
    echo "$name@$DOMAIN:{PLAIN}$PASSWORD:$uid:$gid::$DIR/mail/$name::"
  done >"$home/users"
  chown root:dovecot "$home/users"
  chmod 640 "$home/users"
  cat >"$home/dovecot.conf" <<END
base_dir = $home/run
state_dir = $home/state
instance_name = $(basename "$DIR")
log_path = $DIR/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <$DIR/tls/server.pem
ssl_key = <$DIR/tls/server.key
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Lu
mail_location = maildir:$DIR/mail/%n/Maildir
first_valid_uid = 1
mail_max_userip_connections = 200
recipient_delimiter = +
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu $home/users
}
userdb {
  driver = passwd-file
  args = username_format=%Lu $home/users
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Junk {
    special_use = \\Junk
    auto = subscribe
  }
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = $IMAP
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = $IMAPS
    ssl = yes
  }
  service_count = 0
  process_min_avail = 1
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $LMTP
  }
}
service auth {
  inet_listener sasl {
    address = 127.0.0.1
    port = $SASL
  }
}
# A wrong password in one test must not slow down the logins of the next.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
END
}

write_postfix() {
  local home=$DIR/postfix name
  mkdir -p "$home/etc" "$home/data"
  chown postfix: "$home/data"
  for name in $(people); do echo "$name@$DOMAIN $name"; done >"$home/etc/people"
  # Only what this needs; nothing is chrooted, and no table wants compiling.
  cat >"$home/etc/master.cf" <<END
127.0.0.1:$SMTP       inet n - n - - smtpd
127.0.0.1:$SUBMISSION inet n - n - - smtpd
  -o syslog_name=postfix/submission
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=reject_unlisted_recipient,permit_sasl_authenticated,reject
127.0.0.1:$SMTPS      inet n - n - - smtpd
  -o syslog_name=postfix/smtps
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=reject_unlisted_recipient,permit_sasl_authenticated,reject
cleanup   unix  n - n -     0 cleanup
qmgr      unix  n - n 300   1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n -     - trivial-rewrite
bounce    unix  - - n -     0 bounce
defer     unix  - - n -     0 bounce
trace     unix  - - n -     0 bounce
verify    unix  - - n -     1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n -     - proxymap
error     unix  - - n -     - error
retry     unix  - - n -     - error
discard   unix  - - n -     - discard
lmtp      unix  - - n -     - lmtp
anvil     unix  - - n -     1 anvil
scache    unix  - - n -     1 scache
postlog   unix-dgram n - n - 1 postlogd
END
  cat >"$home/etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $home/spool
data_directory = $home/data
maillog_file = $DIR/postfix.log
maillog_file_prefixes = $DIR
multi_instance_name =
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mail.$DOMAIN
mydomain = $DOMAIN
myorigin = $DOMAIN
mydestination =
mynetworks =
local_recipient_maps =
local_transport = error:there is no local mail
relayhost =
relay_transport = error:mail to other domains is off
default_transport = error:mail to other domains is off
virtual_mailbox_domains = $DOMAIN
virtual_mailbox_maps = texthash:$home/etc/people
virtual_transport = lmtp:inet:127.0.0.1:$LMTP
alias_maps =
alias_database =
smtpd_tls_cert_file = $DIR/tls/server.pem
smtpd_tls_key_file = $DIR/tls/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$SASL
smtpd_sasl_security_options = noanonymous
smtpd_sasl_authenticated_header = yes
smtpd_relay_restrictions = permit_sasl_authenticated,reject_unauth_destination
smtpd_recipient_restrictions = reject_unlisted_recipient,reject_unauth_destination
recipient_delimiter = +
lmtp_destination_concurrency_limit = 10
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
message_size_limit = 30000000
virtual_mailbox_limit = 0
mailbox_size_limit = 0
biff = no
append_dot_mydomain = no
in_flow_delay = 0
END
}

# What Postfix's own post-install would make; with it in place its master starts at once.
make_queue() {
  local queue=$DIR/postfix/spool name
  for name in active bounce corrupt defer deferred flush hold incoming saved trace private; do
    install -d -o postfix -g root -m 700 "$queue/$name"
  done
  install -d -o root -g root -m 755 "$queue/pid"
  install -d -o postfix -g postdrop -m 730 "$queue/maildrop"
  install -d -o postfix -g postdrop -m 710 "$queue/public"
}

# ---- life --------------------------------------------------------------------------------------------------------

alive() { [ -n "${1:-}" ] && kill -0 "$1" 2>/dev/null; }

pid_in() { if [ -s "$1" ]; then tr -d ' \n' <"$1"; fi; }

wait_for() { # port, the words a greeting begins with
  local n line
  for n in $(seq 200); do
    line=
    if exec 3<>"/dev/tcp/127.0.0.1/$1"; then
      read -r -t 2 line <&3 || true
      exec 3>&-
    fi 2>/dev/null
    case $line in "$2"*) return ;; esac
    sleep 0.05
  done
  tail -n 20 "$DIR"/*.log >&2 || true
  die "nothing answers on port $1"
}

print_env() {
  cat <<END
export HB_HOST=localhost
export HB_DOMAIN=$DOMAIN
export HB_IMAP_PORT=$IMAP
export HB_IMAPS_PORT=$IMAPS
export HB_LMTP_PORT=$LMTP
export HB_SMTP_PORT=$SMTP
export HB_SUBMISSION_PORT=$SUBMISSION
export HB_SMTPS_PORT=$SMTPS
export HB_PASSWORD=$PASSWORD
export HB_CA=$DIR/tls/ca.pem
export HB_MAIL=$DIR/mail
export HB_CLAIMS=$DIR/claims
export HB_DOVECOT_CONF=$DIR/dovecot/dovecot.conf
END
}

start() {
  local lacking
  lacking=$(missing | tr '\n' ' ')
  [ -z "$lacking" ] || die "this needs: $lacking"
  if alive "$(pid_in "$DIR/dovecot/run/master.pid")"; then die "already running in $DIR"; fi
  rm -rf -- "$DIR/mail" "$DIR/claims" "$DIR/dovecot" "$DIR/postfix"
  mkdir -p "$DIR/claims"
  chmod 755 "$DIR"
  # The servers' own users have to reach this folder; a checkout below a closed home folder keeps them out.
  setpriv --reuid="$MAIL_USER" --regid="$MAIL_USER" --clear-groups test -x "$DIR" ||
    die "user $MAIL_USER cannot enter $DIR; set STACK_DIR to a folder that others may enter"
  TAKEN=
  free_port; IMAP=$PORT
  free_port; IMAPS=$PORT
  free_port; LMTP=$PORT
  free_port; SASL=$PORT
  free_port; SMTP=$PORT
  free_port; SUBMISSION=$PORT
  free_port; SMTPS=$PORT
  [ -f "$DIR/tls/server.pem" ] || make_certificates >"$DIR/openssl.log" 2>&1 || die "openssl: $(cat "$DIR/openssl.log")"
  write_dovecot
  # Both servers keep the streams they are given, and whoever reads ours would wait for their end.
  dovecot -c "$DIR/dovecot/dovecot.conf" </dev/null >"$DIR/dovecot.start.log" 2>&1 ||
    die "dovecot: $(cat "$DIR/dovecot.start.log")"
  write_postfix
  make_queue
  MAIL_CONFIG=$DIR/postfix/etc setsid "$(postconf -c "$DIR/postfix/etc" -h daemon_directory)/master" \
    -c "$DIR/postfix/etc" </dev/null >>"$DIR/postfix.start.log" 2>&1 &
  wait_for "$IMAP" "* OK"
  wait_for "$SUBMISSION" "220 "
  if [ -n "${STACK_FOR:-}" ]; then
    (
      while alive "$STACK_FOR"; do sleep 0.5; done
      wipe
    ) </dev/null >/dev/null 2>&1 &
  fi
  print_env
}

stop() {
  local file pid pids= n
  for file in "$DIR/postfix/spool/pid/master.pid" "$DIR/dovecot/run/master.pid"; do
    pid=$(pid_in "$file")
    if alive "$pid"; then
      kill -TERM "$pid"
      pids="$pids $pid"
    fi
  done
  for pid in $pids; do
    n=0
    while alive "$pid" && [ $((n += 1)) -lt 160 ]; do sleep 0.05; done
    if alive "$pid"; then kill -KILL "$pid"; fi
  done
}

wipe() {
  [ -f "$DIR/dovecot/dovecot.conf" ] || die "there is no stack in $DIR, nothing deleted"
  stop
  rm -rf -- "$DIR"
}

DIR=${2:-${STACK_DIR:-target/mailstack}}
case $DIR in
  /*) ;;
  *) DIR=$PWD/$DIR ;;
esac
case ${1:-} in
  start) start ;;
  stop) stop ;;
  wipe) wipe ;;
  missing) missing ;;
  certificates) make_certificates 2>/dev/null ;;
  *) die "usage: tests/stack.sh start|stop|wipe|certificates|missing [DIR]" ;;
esac
