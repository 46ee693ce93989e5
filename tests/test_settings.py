"""The environment: every wrong variable named at once, addresses made safe, secrets known."""

import pytest
from cryptography.fernet import Fernet

import settings
from settings import SettingsError

RIGHT = {
    "telegram_bot_token": "123456789:AAabcdefghijklmnopqrstuvw",
    "pakasir_project": "shop",
    "pakasir_api_key": "key",
    "database_url": "postgresql://user@db/shop",
    "audit_database_url": "postgresql://user@db/audit",
    "redis_url": "redis://cache",
    "stock_encryption_key": Fernet.generate_key().decode(),
}


def load(**changes):
    return settings.load(**{name: value for name, value in (RIGHT | changes).items() if value is not None})


def complaint(**changes):
    with pytest.raises(SettingsError) as error:
        load(**changes)
    return str(error.value)


def test_an_empty_environment_is_told_everything_it_lacks():
    message = complaint(**dict.fromkeys(RIGHT))

    assert all(f"{name.upper()}: is missing" in message for name in RIGHT)


def test_wrong_and_missing_variables_are_named_in_one_message():
    message = complaint(
        telegram_bot_token="nonsense",
        pakasir_project=None,
        pakasir_api_version="3",
        port="http",
        late_payment="keep",
        admin_ids="1, Bob",
        public_url="https://shop.example",
    )

    named = [line.split(":")[0].strip() for line in message.splitlines()[1:]]
    assert sorted(named) == [
        "ADMIN_IDS",
        "LATE_PAYMENT",
        "PAKASIR_API_VERSION",
        "PAKASIR_PROJECT",
        "PORT",
        "PUBLIC_URL",
        "TELEGRAM_BOT_TOKEN",
    ]


def test_a_complaint_repeats_no_secret():
    message = complaint(telegram_bot_token="123456789:short", stock_encryption_key="not-a-fernet-key")

    assert "123456789:short" not in message
    assert "not-a-fernet-key" not in message


def test_the_defaults_are_those_of_the_example():
    conf = load()

    assert (conf.telegram_api_url, conf.pakasir_base_url) == (
        "https://api.telegram.org",
        "https://app.pakasir.com",
    )
    assert (conf.pakasir_public_url, conf.pakasir_api_version) == ("https://pots.my.id", 2)
    assert (conf.pakasir_sandbox, conf.late_payment, conf.payment_expiry_seconds) == (False, "deliver", 600)
    assert (conf.port, conf.store_name) == (8000, "QuickCart")
    assert (conf.log_level, conf.log_format) == ("info", "json")
    assert (conf.admin_ids, conf.public_url, conf.ops_password) == (frozenset(), None, None)


@pytest.mark.parametrize(
    "name", ["telegram_api_url", "pakasir_base_url", "pakasir_public_url", "public_url", "store_docs_url"]
)
def test_addresses_must_be_encrypted(name):
    assert f"{name.upper()}: must begin with https://" in complaint(**{name: "http://shop.example"})


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_loopback_addresses_may_do_without(host):
    assert load(pakasir_base_url=f"http://{host}:8000/").pakasir_base_url == f"http://{host}:8000"


@pytest.mark.parametrize(
    "address",
    [
        "shop.example",
        "ftp://shop.example",
        "https://",
        "http://localhost.example",
        "https://shop.example:abc",
    ],
)
def test_what_is_no_address_is_refused(address):
    assert "PAKASIR_BASE_URL" in complaint(pakasir_base_url=address)


def test_heroku_writes_postgres_and_libpq_reads_postgresql():
    assert load(database_url="postgres://u:p@h:5432/d").database_url == "postgresql://u:p@h:5432/d"


def test_a_unix_socket_is_an_address_too():
    url = "postgresql://user@/db?host=/run/postgres"

    assert load(database_url=url).database_url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [("database_url", "mysql://h/d"), ("audit_database_url", "h"), ("redis_url", "http://h")],
)
def test_other_kinds_of_servers_are_refused(name, value):
    assert name.upper() in complaint(**{name: value})


@pytest.mark.parametrize("url", ["redis://h", "rediss://:p@h:6380", "unix:///run/redis.sock"])
def test_redis_may_be_reached_in_three_ways(url):
    assert load(redis_url=url).redis_url == url


@pytest.mark.parametrize(
    "host", ["cache.example.com", "8.8.8.8", "134744072", "[2001:4860:4860::8888]", "[::ffff:8.8.8.8]"]
)
def test_nothing_travels_in_the_clear_to_a_public_redis(host):
    assert "REDIS_URL: must begin with rediss://" in complaint(redis_url=f"redis://:p@{host}:6379")
    assert load(redis_url=f"rediss://:p@{host}:6379")


@pytest.mark.parametrize("option", ["host=8.8.8.8", "host=cache.example.com"])
def test_a_redis_that_only_the_options_name_is_no_nearer(option):
    assert "REDIS_URL: must begin with rediss://" in complaint(redis_url=f"redis:///0?{option}")


@pytest.mark.parametrize("option", ["ssl_cert_reqs=none", "ssl_check_hostname=false"])
def test_an_address_cannot_have_any_certificate_taken(option):
    message = complaint(redis_url=f"rediss://:p@cache.example.com:6380/0?{option}")

    assert f"REDIS_URL: must go without {option.partition('=')[0]}: REDIS_TLS_VERIFY=0 takes any" in message


NEAR = ["localhost", "127.0.0.1", "[::1]", "10.0.0.5", "192.168.1.9", "100.64.0.7", "[fd00::1]", "cache"]
NEAR += ["redis.railway.internal", "shop-redis.flycast", "redis.shop.svc.cluster.local"]


@pytest.mark.parametrize("host", NEAR)
def test_near_hosts_may_do_without_encryption(host):
    redis, database = f"redis://{host}:6379", f"postgresql://u:p@{host}:5432/d"
    conf = load(redis_url=redis, database_url=database)

    assert (conf.redis_url, conf.database_url) == (redis, database)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@db.example.com:5432/d", "postgresql://u:p@db.example.com:5432/d?sslmode=require"),
        ("postgresql://u@/d?host=db.example.com", "postgresql://u@/d?host=db.example.com&sslmode=require"),
        ("postgresql://u@db,db.example.com/d", "postgresql://u@db,db.example.com/d?sslmode=require"),
        ("postgresql://u@db/d?hostaddr=8.8.8.8", "postgresql://u@db/d?hostaddr=8.8.8.8&sslmode=require"),
    ],
)
def test_databases_elsewhere_are_reached_with_tls_where_nothing_is_said(given, used):
    conf = load(database_url=given, audit_database_url=given)

    assert (conf.database_url, conf.audit_database_url) == (used, used)


@pytest.mark.parametrize("mode", ["disable", "verify-full"])
def test_what_is_said_about_tls_counts(mode, monkeypatch):
    url = "postgresql://u@db.example.com/d"
    assert load(database_url=f"{url}?sslmode={mode}").database_url == f"{url}?sslmode={mode}"

    monkeypatch.setenv("PGSSLMODE", mode)
    assert load(database_url=url).database_url == url


def test_an_address_that_libpq_does_not_read_is_refused_without_its_password():
    message = complaint(database_url="postgresql://u:s3cr%zzet@db.example.com/d")

    assert "DATABASE_URL: is not an address" in message
    assert "s3cr" not in message


HEROKU = "ec2-34-200-1-2.compute-1.amazonaws.com", "ec2-34-200-1-2.eu-west-1.compute.amazonaws.com"


@pytest.mark.parametrize(
    ("host", "said", "verifies"),
    [
        *[(host, None, False) for host in HEROKU],
        (HEROKU[0], "1", True),
        ("cache.example.com", None, True),
        ("cache.example.com", "0", False),
        ("ec2-1-2-3-4.compute-1.amazonaws.com.evil.example", None, True),
    ],
)
def test_certificates_of_redis_are_verified_but_for_those_known_to_be_self_signed(host, said, verifies):
    assert load(redis_url=f"rediss://:p@{host}:6380", redis_tls_verify=said).verifies_redis is verifies


@pytest.mark.parametrize("text", ["1,2", " 1 , 2 ", "1 2", "1,,2,"])
def test_admin_ids_are_a_list(text):
    assert load(admin_ids=text).admin_ids == {1, 2}


@pytest.mark.parametrize("number", ["0", "-1001234567890", "99999999999999999999"])
def test_an_admin_is_a_person(number):
    assert "ADMIN_IDS" in complaint(admin_ids=f"2,{number}")


@pytest.mark.parametrize("name", ["pakasir_api_key", "pakasir_webhook_secret", "telegram_bot_token"])
def test_a_pasted_line_break_is_no_part_of_a_secret(name):
    secret = RIGHT["telegram_bot_token"]

    assert getattr(load(**{name: f" {secret}\n"}), name).get_secret_value() == secret


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("telegram_api_url", "https://api.telegram.org/bot"),
        ("telegram_api_url", "https://api.telegram.org/bot123456789:AA"),
        ("pakasir_base_url", "https://app.pakasir.com/api"),
        ("pakasir_base_url", "https://app.pakasir.com/api/v2/"),
        ("public_url", "https://shop.example/webhooks/telegram"),
        ("public_url", "https://shop.example/health"),
        ("public_url", "https://shop.example/?a=1"),
        ("pakasir_base_url", "https://app.pakasir.com?x"),
        ("telegram_api_url", "https://api.telegram.org/#"),
        ("pakasir_public_url", "https://pots.my.id?a#b"),
    ],
)
def test_an_address_without_its_calls_is_asked_for(name, address):
    assert f"{name.upper()}: must end before" in complaint(**{name: address})


@pytest.mark.parametrize(
    "address", ["https://shop.example:port", "https://shop.example:99999", "https://[::1"]
)
def test_a_port_that_is_none_is_refused(address):
    assert "PUBLIC_URL: is not an address" in complaint(public_url=address)
    assert "REDIS_URL: is not an address" in complaint(redis_url=address.replace("https", "rediss"))


def test_a_redis_database_is_a_number():
    assert "REDIS_URL: must end with the number" in complaint(redis_url="redis://cache/shop")


@pytest.mark.parametrize("key", ["kunci-rahasiá", "pk live 1", "pk_live\n1", "“pk_live_1”"])
def test_a_key_that_fits_no_header_is_refused_and_not_repeated(key):
    message = complaint(pakasir_api_key=key, pakasir_webhook_secret=key, metrics_token=f"{key}-{key}")

    for name in ("PAKASIR_API_KEY", "PAKASIR_WEBHOOK_SECRET", "METRICS_TOKEN"):
        assert f"{name}: may only hold" in message
    assert key not in message


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("?pgbouncer=true", ""),
        ("?pgbouncer=true&connection_limit=1&sslmode=require", "?sslmode=require"),
        ("?sslmode=require&pool_timeout=0&connect_timeout=9", "?sslmode=require&connect_timeout=9"),
    ],
)
def test_what_a_pooled_address_says_to_others_is_left_out(given, used):
    url = "postgresql://u:p@pooler:6543/d"

    assert load(database_url=url + given).database_url == url + used


def test_a_parameter_that_libpq_does_not_know_is_named():
    message = complaint(database_url="postgresql://u:s3cret@db/d?schema=public", audit_database_url="h")

    assert "DATABASE_URL: has a parameter that libpq does not know: schema" in message
    assert "s3cret" not in message


def test_an_sslmode_of_other_libraries_is_refused():
    assert "sslmode" in complaint(database_url="postgresql://u@db.example.com/d?sslmode=no-verify")


def test_blank_variables_count_as_unset():
    conf = load(public_url="  ", ops_password="", telegram_webhook_secret=" ", admin_ids="")

    assert (conf.public_url, conf.ops_password, conf.telegram_webhook_secret) == (None, None, None)
    assert conf.admin_ids == frozenset()


def test_a_public_address_needs_a_webhook_secret():
    assert "TELEGRAM_WEBHOOK_SECRET" in complaint(public_url="https://shop.example")
    assert load(public_url="https://shop.example", telegram_webhook_secret="s3cret-s3cret-s3").public_url


@pytest.mark.parametrize("secret", ["with space", "ümlaut", "x" * 257])
def test_telegram_takes_only_simple_webhook_secrets(secret):
    assert "TELEGRAM_WEBHOOK_SECRET" in complaint(telegram_webhook_secret=secret)


@pytest.mark.parametrize(
    ("name", "least"), [("telegram_webhook_secret", 16), ("ops_password", 12)], ids=["secret", "password"]
)
def test_a_secret_that_can_be_guessed_is_refused_with_the_way_to_make_one(name, least):
    message = complaint(**{name: "a" * (least - 1)})

    assert f"{name.upper()}: must have at least {least} characters" in message
    assert "secrets.token_urlsafe" in message
    assert load(**{name: "a" * least})


def test_the_gateways_secret_is_as_long_as_the_gateway_likes():
    assert load(pakasir_webhook_secret="short")


def test_several_keys_may_decrypt():
    old, new = (Fernet.generate_key().decode() for _ in range(2))

    assert load(stock_encryption_key=f"{new}, {old}").stock_keys == [new, old]


def test_one_bad_key_is_enough_to_refuse_them():
    assert "STOCK_ENCRYPTION_KEY" in complaint(stock_encryption_key=f"{Fernet.generate_key().decode()},bad")


def test_words_may_be_written_in_capitals():
    conf = load(log_level="WARNING", late_payment="CREDIT")

    assert (conf.log_level, conf.late_payment) == ("warning", "credit")


def test_a_deadline_is_at_least_a_second():
    assert "PAYMENT_EXPIRY_SECONDS" in complaint(payment_expiry_seconds="0")


def test_every_secret_is_known_to_whoever_hides_them():
    passwords = {"redis_url": "rediss://:cachepw@h", "database_url": "postgresql://u:dbpw@h/d"}
    conf = load(ops_password="operators-pw", **passwords)

    assert {"operators-pw", "cachepw", "dbpw", "key", RIGHT["telegram_bot_token"]} <= set(conf.secrets)


def test_passwords_in_options_and_with_escapes_are_known_too():
    conf = load(
        redis_url="redis://cache/0?password=cache%40pw",
        database_url="postgresql://u:db%2Fpw@db/d",
        audit_database_url="postgresql://db/d?user=u&password=auditpw",
        heartbeat_url="https://hc-ping.com/0e5f",
    )

    assert {"cache@pw", "db/pw", "db%2Fpw", "auditpw", "https://hc-ping.com/0e5f"} <= set(conf.secrets)


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(load(ops_password="ops-password-1"))

    assert "ops-password-1" not in shown
    assert RIGHT["telegram_bot_token"] not in shown


def test_the_environment_is_read(monkeypatch):
    for name, value in (RIGHT | {"store_name": "Toko", "port": ""}).items():
        monkeypatch.setenv(name.upper(), value)

    conf = settings.load()

    assert (conf.store_name, conf.port) == ("Toko", 8000)


def test_an_override_ends_with_its_block():
    before = settings.current().payment_expiry_seconds

    with settings.override(payment_expiry_seconds=5):
        assert settings.current().payment_expiry_seconds == 5
    assert settings.current().payment_expiry_seconds == before
