"""How a line of the page is run: what fills it in, what it needs before, and which shapes of line are known at all."""

import re
from collections.abc import Callable, Mapping

from walk.page import Command

RUN = re.compile(r"(^|[ ;])\./run( |$)")
SHELL = "su -s /bin/sh eventapp -c "  # the line that opens the shell for those with ./run

# What a line may begin with. Another line is unknown until it stands here: whoever adds one looks whether it runs.
KNOWN = re.compile(
    r"apt-get install -y |useradd |sleep \d+\b|chown |chmod |install -|python3 -c |su -s /bin/sh eventapp -c |mv |rm |tar -xf |sed -i |echo "
    r"|systemctl (daemon-reload|enable|start|stop|restart|reload)\b|curl --silent --fail |nginx -t|age-keygen -o "
    r"|cd / && runuser -u postgres -- (psql|createdb) |cd /srv/eventapp-new && \./run |(\w+=\S+ )?\./run (setup|flask [a-z-]+ [a-z-]+)\b"
)
FILES = (
    *("/etc/eventapp.env", "/etc/systemd/system/eventapp.service", "/etc/systemd/system/eventapp-worker@.service"),
    *("/etc/systemd/system/eventapp-nightly.service", "/etc/systemd/system/eventapp-nightly.timer"),
    *("/etc/nginx/conf.d/eventapp.conf", "/etc/nginx/conf.d/eventapp-machines.conf"),
    *("/etc/pgbouncer/pgbouncer.ini", "/etc/pgbouncer/userlist.txt"),
)
NOT_RUN = {  # what a line begins with, and why not
    "./run flask people reset-second-factor": "nobody here has a passkey to lose: it would be refused; tests/people has it",
    "systemctl enable --now eventapp-nightly.timer": "no systemd runs here to keep the hour; the line after it does what the timer does",
}
# In the place of "…", by what stands before it, and of names that are examples: what Walk.values has under the name.
BLANKS = (
    *(
        (f"{name}=", "key")
        for name in ("SECRET_KEY", "HISTORY_KEYS", "ANSWER_KEYS", "PUSH_KEY", "METRICS_TOKEN", "MAIL_REPORTS_TOKEN")
    ),
    *((("MAIL_USERNAME=", "mail_username"), ("MAIL_PASSWORD=", "mail_password"), ('ANSWER_KEYS="', "key"))),
    *((("AWS_ACCESS_KEY_ID=", "s3_key"), ("AWS_SECRET_ACCESS_KEY=", "s3_secret"))),
    *((("PASSWORD '", "password"), ("eventapp:", "password"), ('"eventapp" "', "password"))),
)
EXAMPLES = (
    (re.compile(r"4711 9f2c…"), "anchor"),
    (re.compile(r"s3://backups/geneva/\d{4}-\d\d-\d\dT\d{6}Z"), "backup_in_store"),
    (re.compile(r"/backups/\d{4}-\d\d-\d\dT\d{6}Z"), "backup"),
    (re.compile(r"https://s3\.example\.org"), "s3_endpoint"),
    (re.compile(r"my-meeting\.yaml"), "meeting_file"),
    (re.compile(r"\bmy-meeting\b"), "meeting"),
    (re.compile(r"\beventapp-new\.tar\b"), "release"),
)

Values = Mapping[str, Callable[[], str]]  # made when they are asked for: the newest backup is another each time


def filled(command: Command, values: Values) -> str:
    """The words with everything filled in that the page leaves to whoever runs it. KeyError where nobody knows with what."""
    words = command.words
    for pattern, name in EXAMPLES:
        words = pattern.sub(lambda _found, name=name: values[name](), words)  # type: ignore[misc]
    for before, name in BLANKS:
        while f"{before}…" in words:
            words = words.replace(f"{before}…", before + values[name](), 1)
    if "…" in words:
        raise KeyError(words)
    return words


def is_known(command: Command) -> bool:
    """Whether it is run, or named with a reason."""
    if command.file:
        return command.file in FILES
    return bool(KNOWN.match(command.words)) or reason(command) != ""


def reason(command: Command) -> str:
    """Why it is not run; "" where it is."""
    return next((why for words, why in NOT_RUN.items() if command.words.startswith(words)), "")
