SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.audit_event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    correlation_id text,
    lane smallint,
    number bigint,
    seal bytea
);


CREATE SEQUENCE public.audit_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.audit_event_id_seq OWNED BY public.audit_event.id;


CREATE TABLE public.audit_lane (
    lane smallint NOT NULL,
    last bigint NOT NULL,
    seal bytea NOT NULL
);


CREATE TABLE public.broadcast (
    id bigint NOT NULL,
    source_chat_id bigint,
    source_message_id bigint,
    text text,
    album jsonb,
    origin bigint,
    state text NOT NULL,
    run integer DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    sent integer DEFAULT 0 NOT NULL,
    blocked integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    unknown integer DEFAULT 0 NOT NULL,
    problem text,
    created_by bigint NOT NULL,
    progress_chat_id bigint,
    progress_message_id bigint,
    progress_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    queued_at timestamp with time zone,
    listed_at timestamp with time zone,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT broadcast_check CHECK (((text IS NOT NULL) OR (source_message_id IS NOT NULL))),
    CONSTRAINT broadcast_check1 CHECK (((source_chat_id IS NULL) = (source_message_id IS NULL))),
    CONSTRAINT broadcast_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'queued'::text, 'running'::text, 'paused'::text, 'stopped'::text, 'done'::text])))
);


CREATE SEQUENCE public.broadcast_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.broadcast_id_seq OWNED BY public.broadcast.id;


CREATE TABLE public.broadcast_recipient (
    broadcast_id bigint NOT NULL,
    user_id bigint NOT NULL,
    state text NOT NULL,
    lane smallint,
    retry_at timestamp with time zone,
    CONSTRAINT broadcast_recipient_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'blocked'::text, 'failed'::text, 'unknown'::text])))
);


CREATE TABLE public.category_discount (
    category text NOT NULL,
    percent smallint,
    amount bigint,
    CONSTRAINT category_discount_amount_check CHECK ((amount > 0)),
    CONSTRAINT category_discount_check CHECK (((percent IS NULL) <> (amount IS NULL))),
    CONSTRAINT category_discount_percent_check CHECK (((percent >= 1) AND (percent <= 99)))
);


CREATE TABLE public.contradiction (
    order_id bigint NOT NULL,
    differs jsonb NOT NULL,
    said jsonb NOT NULL,
    found_at timestamp with time zone NOT NULL,
    verdict character varying(16),
    decided_at timestamp with time zone,
    note text,
    CONSTRAINT contradiction_check CHECK (((verdict IS NULL) = (decided_at IS NULL))),
    CONSTRAINT contradiction_verdict_check CHECK (((verdict)::text = ANY ((ARRAY['accepted'::character varying, 'refused'::character varying, 'agreed'::character varying])::text[])))
);


CREATE TABLE public.dead_letter (
    id text NOT NULL,
    actor text NOT NULL,
    queue text NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    subject text,
    args bytea NOT NULL,
    error text NOT NULL,
    traceback text DEFAULT ''::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    state text NOT NULL,
    died_at timestamp with time zone NOT NULL,
    correlation_id text,
    told_at timestamp with time zone,
    buyer_told_at timestamp with time zone,
    CONSTRAINT dead_letter_state_check CHECK ((state = ANY (ARRAY['dead'::text, 'retried'::text, 'discarded'::text])))
);


CREATE TABLE public.delivery (
    order_id bigint NOT NULL,
    part smallint NOT NULL,
    state text NOT NULL,
    doubts smallint DEFAULT 0 NOT NULL,
    message_id bigint,
    at timestamp with time zone NOT NULL,
    CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'sent'::text, 'unknown'::text])))
);


CREATE TABLE public.handled_update (
    id bigint NOT NULL,
    reply jsonb,
    handled_at timestamp with time zone NOT NULL
);


CREATE TABLE public.ledger_entry (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    amount bigint NOT NULL,
    balance bigint NOT NULL,
    reason text NOT NULL,
    note text,
    actor_id bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ledger_entry_amount_check CHECK ((amount <> 0)),
    CONSTRAINT ledger_entry_balance_check CHECK ((balance >= 0))
);


CREATE SEQUENCE public.ledger_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.ledger_entry_id_seq OWNED BY public.ledger_entry.id;


CREATE TABLE public.notify_group (
    chat_id bigint NOT NULL,
    thread_id bigint,
    title text DEFAULT ''::text NOT NULL,
    added_by bigint NOT NULL,
    added_at timestamp with time zone NOT NULL
);


CREATE TABLE public."order" (
    id bigint NOT NULL,
    invoice text NOT NULL,
    user_id bigint NOT NULL,
    kind text NOT NULL,
    product_id integer,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    discount bigint DEFAULT 0 NOT NULL,
    total bigint NOT NULL,
    voucher_code text,
    claims smallint DEFAULT 0 NOT NULL,
    method text NOT NULL,
    state text NOT NULL,
    reason text,
    note text,
    message_id bigint,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    paid_at timestamp with time zone,
    delivered_at timestamp with time zone,
    closed_at timestamp with time zone,
    CONSTRAINT order_check CHECK (((kind = 'purchase'::text) = (product_id IS NOT NULL))),
    CONSTRAINT order_claims_check CHECK ((claims >= 0)),
    CONSTRAINT order_discount_check CHECK ((discount >= 0)),
    CONSTRAINT order_kind_check CHECK ((kind = ANY (ARRAY['purchase'::text, 'deposit'::text]))),
    CONSTRAINT order_method_check CHECK ((method = ANY (ARRAY['qris'::text, 'balance'::text]))),
    CONSTRAINT order_quantity_check CHECK ((quantity > 0)),
    CONSTRAINT order_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'paid'::text, 'delivered'::text, 'expired'::text, 'canceled'::text, 'credited'::text]))),
    CONSTRAINT order_total_check CHECK ((total >= 0)),
    CONSTRAINT order_unit_price_check CHECK ((unit_price >= 0))
);


CREATE SEQUENCE public.order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.order_id_seq OWNED BY public."order".id;


CREATE TABLE public.outbox (
    id uuid NOT NULL,
    actor text NOT NULL,
    queue text NOT NULL,
    args jsonb NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    swept_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    correlation_id text
);


CREATE TABLE public.payment (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    amount bigint NOT NULL,
    fee bigint,
    total bigint,
    txn_id text,
    qr_string text,
    page_url text,
    state text NOT NULL,
    next_check_at timestamp with time zone,
    checks integer DEFAULT 0 NOT NULL,
    watch_until timestamp with time zone,
    unanswered_since timestamp with time zone,
    cancel_asked_at timestamp with time zone,
    accepted bigint,
    opened_at timestamp with time zone,
    completed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT payment_accepted_check CHECK ((accepted > 0)),
    CONSTRAINT payment_amount_check CHECK ((amount > 0)),
    CONSTRAINT payment_state_check CHECK ((state = ANY (ARRAY['opening'::text, 'open'::text, 'completed'::text, 'canceled'::text, 'refused'::text, 'lapsed'::text])))
);


CREATE SEQUENCE public.payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.payment_id_seq OWNED BY public.payment.id;


CREATE TABLE public.product (
    id integer NOT NULL,
    name text NOT NULL,
    category text,
    description text DEFAULT ''::text NOT NULL,
    price bigint NOT NULL,
    reseller_price bigint,
    discount_percent smallint,
    discount_amount bigint,
    photo text,
    shared_kind text,
    shared_content bytea,
    available integer DEFAULT 0 NOT NULL,
    sold integer DEFAULT 0 NOT NULL,
    sold_offset integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    locked_at timestamp with time zone,
    CONSTRAINT product_available_check CHECK ((available >= 0)),
    CONSTRAINT product_check CHECK (((discount_percent IS NULL) OR (discount_amount IS NULL))),
    CONSTRAINT product_check1 CHECK (((shared_kind IS NULL) = (shared_content IS NULL))),
    CONSTRAINT product_check2 CHECK (((sold + sold_offset) >= 0)),
    CONSTRAINT product_discount_amount_check CHECK ((discount_amount > 0)),
    CONSTRAINT product_discount_percent_check CHECK (((discount_percent >= 1) AND (discount_percent <= 99))),
    CONSTRAINT product_id_check CHECK ((id > 0)),
    CONSTRAINT product_price_check CHECK ((price > 0)),
    CONSTRAINT product_reseller_price_check CHECK ((reseller_price > 0)),
    CONSTRAINT product_shared_kind_check CHECK ((shared_kind = ANY (ARRAY['text'::text, 'document'::text, 'sticker'::text]))),
    CONSTRAINT product_sold_check CHECK ((sold >= 0))
);


CREATE TABLE public.quote (
    amount bigint NOT NULL,
    fee bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL
);


CREATE TABLE public.restock_waiter (
    product_id integer NOT NULL,
    user_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public.schema_migration (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp without time zone NOT NULL
);


CREATE SEQUENCE public.schema_migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.schema_migration_id_seq OWNED BY public.schema_migration.id;


CREATE TABLE public.setting (
    key text NOT NULL,
    value jsonb NOT NULL
);


CREATE TABLE public.stock_batch (
    id bigint NOT NULL,
    product_id integer NOT NULL,
    state text NOT NULL,
    update_id bigint,
    content bytea,
    total integer NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    added integer DEFAULT 0 NOT NULL,
    with_heading boolean DEFAULT false NOT NULL,
    chat_id bigint NOT NULL,
    thread_id bigint,
    message_id bigint,
    created_by bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT stock_batch_check CHECK (((content IS NULL) = (state = ANY (ARRAY['done'::text, 'dropped'::text, 'undone'::text])))),
    CONSTRAINT stock_batch_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'adding'::text, 'done'::text, 'dropped'::text, 'undone'::text])))
);


CREATE SEQUENCE public.stock_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.stock_batch_id_seq OWNED BY public.stock_batch.id;


CREATE TABLE public.stock_item (
    id bigint NOT NULL,
    product_id integer NOT NULL,
    kind text NOT NULL,
    content bytea NOT NULL,
    fingerprint bytea,
    state text NOT NULL,
    order_id bigint,
    batch_id bigint,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT stock_item_check CHECK (((state = 'available'::text) = (order_id IS NULL))),
    CONSTRAINT stock_item_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'document'::text, 'sticker'::text]))),
    CONSTRAINT stock_item_state_check CHECK ((state = ANY (ARRAY['available'::text, 'reserved'::text, 'sold'::text])))
);


CREATE SEQUENCE public.stock_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.stock_item_id_seq OWNED BY public.stock_item.id;


CREATE TABLE public.stray (
    id bigint NOT NULL,
    invoice text NOT NULL,
    txn_id text DEFAULT ''::text NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    said jsonb,
    looked_at timestamp with time zone,
    found_at timestamp with time zone NOT NULL,
    outcome character varying(16),
    ended_at timestamp with time zone,
    note text,
    CONSTRAINT stray_check CHECK (((outcome IS NULL) = (ended_at IS NULL))),
    CONSTRAINT stray_outcome_check CHECK (((outcome)::text = ANY ((ARRAY['credited'::character varying, 'dismissed'::character varying])::text[])))
);


CREATE SEQUENCE public.stray_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.stray_id_seq OWNED BY public.stray.id;


CREATE TABLE public.support_message (
    chat_id bigint NOT NULL,
    message_id bigint NOT NULL,
    user_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);


CREATE TABLE public."user" (
    id bigint NOT NULL,
    name text NOT NULL,
    username text,
    email text,
    whatsapp text,
    bank_id text NOT NULL,
    balance bigint DEFAULT 0 NOT NULL,
    bought integer DEFAULT 0 NOT NULL,
    is_admin boolean DEFAULT false NOT NULL,
    is_reseller boolean DEFAULT false NOT NULL,
    session jsonb DEFAULT '{}'::jsonb NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    banned_at timestamp with time zone,
    unreachable_at timestamp with time zone,
    forgotten_at timestamp with time zone,
    CONSTRAINT user_balance_check CHECK ((balance >= 0)),
    CONSTRAINT user_bought_check CHECK ((bought >= 0))
);


CREATE SEQUENCE public.user_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


CREATE TABLE public.voucher (
    code text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    user_id bigint,
    redeemed_at timestamp with time zone,
    created_by bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT voucher_amount_check CHECK ((amount > 0)),
    CONSTRAINT voucher_check CHECK (((state = 'available'::text) OR (user_id IS NOT NULL))),
    CONSTRAINT voucher_state_check CHECK ((state = ANY (ARRAY['available'::text, 'reserved'::text, 'spent'::text])))
);


ALTER TABLE ONLY public.audit_event ALTER COLUMN id SET DEFAULT nextval('public.audit_event_id_seq'::regclass);


ALTER TABLE ONLY public.broadcast ALTER COLUMN id SET DEFAULT nextval('public.broadcast_id_seq'::regclass);


ALTER TABLE ONLY public.ledger_entry ALTER COLUMN id SET DEFAULT nextval('public.ledger_entry_id_seq'::regclass);


ALTER TABLE ONLY public."order" ALTER COLUMN id SET DEFAULT nextval('public.order_id_seq'::regclass);


ALTER TABLE ONLY public.payment ALTER COLUMN id SET DEFAULT nextval('public.payment_id_seq'::regclass);


ALTER TABLE ONLY public.schema_migration ALTER COLUMN id SET DEFAULT nextval('public.schema_migration_id_seq'::regclass);


ALTER TABLE ONLY public.stock_batch ALTER COLUMN id SET DEFAULT nextval('public.stock_batch_id_seq'::regclass);


ALTER TABLE ONLY public.stock_item ALTER COLUMN id SET DEFAULT nextval('public.stock_item_id_seq'::regclass);


ALTER TABLE ONLY public.stray ALTER COLUMN id SET DEFAULT nextval('public.stray_id_seq'::regclass);


INSERT INTO public.audit_event VALUES (1, '2026-11-26 01:41:51.19916+00', 'system', 'balance.changed', 'user:1', '{"amount": 60000, "before": 0, "reason": "test:1", "balance": 60000}', NULL, 22, 1, '\x64c752bf2f881e216939f9244d1c96dff9696c1497af9ef57bb09519f2fbf8c8');
INSERT INTO public.audit_event VALUES (2, '2026-11-26 01:41:51.276553+00', 'system', 'user.reseller_added', 'user:4', '{"after": true, "before": false}', NULL, 22, 2, '\x75feca400caa73959aa4047057f0359fc9746149c9da2a2123ee2011e7b3fb3e');
INSERT INTO public.audit_event VALUES (3, '2026-11-26 01:41:51.299934+00', 'system', 'product.added', 'product:1', '{"name": "Netflix 1M", "price": 25000, "category": "Streaming", "description": "1 layar"}', NULL, 22, 3, '\x36a289a4592aac5a175754fd731e311974c103bdaf8085ef40923de457858bfe');
INSERT INTO public.audit_event VALUES (4, '2026-11-26 01:41:51.328773+00', 'system', 'stock.added', 'product:1', '{"after": 3, "count": 3, "before": 0}', NULL, 22, 4, '\x601ba0c86de7d6d6d1f085fc059c196d54e95c972975ad555f5ecf516825e2f2');
INSERT INTO public.audit_event VALUES (5, '2026-11-26 01:41:51.362537+00', 'system', 'category.discounted', 'category:Streaming', '{"after": {"amount": null, "percent": 10}, "before": null}', NULL, 22, 5, '\xf8a79124d9bb6ff586f4942fee59aa92ef6b877b2744c890e06439a4aa5275f9');
INSERT INTO public.audit_event VALUES (6, '2026-11-26 01:41:51.381045+00', 'system', 'product.added', 'product:2', '{"name": "E-book", "price": 25000, "category": null, "description": ""}', NULL, 22, 6, '\xd601ff51416b3772369863f550b16391f08aaf6531962614ba85388f5c07ae12');
INSERT INTO public.audit_event VALUES (7, '2026-11-26 01:41:51.428382+00', 'system', 'stock.shared', 'product:2', '{"mark": "2ca8292194653362e63d287cecfd6985", "after": "document", "before": null}', NULL, 22, 7, '\x79e475883e953ea0819c6413ccd582c052315da47e561e25297b500d167be194');
INSERT INTO public.audit_event VALUES (8, '2026-11-26 01:41:51.449631+00', 'system', 'product.added', 'product:3', '{"name": "Spotify 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 8, '\x62243bed043670810ef6f15a418fd498dab69b2c70d2ccbb17fa10734f99eafd');
INSERT INTO public.audit_event VALUES (9, '2026-11-26 01:41:51.530437+00', 'system', 'product.added', 'product:4', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 9, '\x920c9c5e1f4aac6eff95d023991561434cee937d01bf34a212975194b9c7be97');
INSERT INTO public.audit_event VALUES (10, '2026-11-26 01:41:51.555716+00', 'system', 'stock.added', 'product:4', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 10, '\x6c00b8695aeab9c7162363862c8c5501a29a638deee8f408753b55240206cad5');
INSERT INTO public.audit_event VALUES (11, '2026-11-26 01:41:51.604946+00', 'system', 'order.placed', 'order:TRX202611266AQRFZ', '{"kind": "purchase", "user": 10, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:51.597496+00:00", "product": 4, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 11, '\x970fd9a6b31c6cbd345c5ca18f8d367f4e020957e3e0769dc654e76476a9ca1d');
INSERT INTO public.audit_event VALUES (12, '2026-11-26 01:41:51.654831+00', 'system', 'payment.opened', 'order:TRX202611266AQRFZ', '{"qr": "9f865098058c40e5d9e77f1f7e6a1e39e29120fb9e2e63ac920346a1edb070fe", "fee": 485, "txn": "PKS-TRX202611266AQRFZ", "total": 25485, "amount": 25000}', NULL, 22, 12, '\x71c1e182a01321f5f4d16f1542277bd155ec34feb7f45699c3d25b9c068be198');
INSERT INTO public.audit_event VALUES (13, '2026-11-26 01:41:51.687763+00', 'system', 'payment.completed', 'order:TRX202611266AQRFZ', '{"amount": 25000}', NULL, 22, 13, '\xbc9ad3d020101ea5d9fbef91a6b0f9c51209e07922a7e1e1f8b31ec44ee1dafb');
INSERT INTO public.audit_event VALUES (14, '2026-11-26 01:41:51.695636+00', 'system', 'order.paid', 'order:TRX202611266AQRFZ', '{"total": 25000, "reason": null}', NULL, 22, 14, '\xca16a8c1a163ef8ff217231c93f56422b2dca750af30abc949a296e10bfc9e33');
INSERT INTO public.audit_event VALUES (15, '2026-11-26 01:41:51.743044+00', 'system', 'order.delivered', 'order:TRX202611266AQRFZ', '{"total": 25000, "reason": null}', NULL, 22, 15, '\xeb8513c9f6d055f56598f9a4d9bb02c6c526c74e192d93d93c542f5b32508c3c');
INSERT INTO public.audit_event VALUES (16, '2026-11-26 01:41:51.814736+00', 'system', 'product.added', 'product:5', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 16, '\x8162130fc8d46833a8e7ccbd66799f10a7d65b512e53953a9769eca56f606ee8');
INSERT INTO public.audit_event VALUES (17, '2026-11-26 01:41:51.836777+00', 'system', 'stock.added', 'product:5', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 17, '\x4936fa8626eb16c678160ccd090d9ce1a6302062a7588a32c7ae1bebf8d7b182');
INSERT INTO public.audit_event VALUES (18, '2026-11-26 01:41:51.863141+00', 'system', 'order.placed', 'order:TRX2026112667KS6Z', '{"kind": "purchase", "user": 11, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:51.860054+00:00", "product": 5, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 18, '\xa5ef58c1f5835bd984a04d8cfcece6c2d7b1855c29a345902989de95ec93acc5');
INSERT INTO public.audit_event VALUES (19, '2026-11-26 01:41:51.908004+00', 'system', 'payment.opened', 'order:TRX2026112667KS6Z', '{"qr": "969286b6de1790af51580ecdc89dcd2aa1e3faf9279577f7de97100deeca5ff2", "fee": 485, "txn": "PKS-TRX2026112667KS6Z", "total": 25485, "amount": 25000}', NULL, 22, 19, '\x4435934eb1ffb8427d7b206001a3a97edd4c228f1f0b23fe60b060c817e6d61e');
INSERT INTO public.audit_event VALUES (20, '2026-11-26 01:41:51.934317+00', 'system', 'order.expired', 'order:TRX2026112667KS6Z', '{"total": 25000, "reason": "deadline"}', NULL, 22, 20, '\xbc494b2c84ce94e2da7c291d2862c32f27f079e0fb1dc871ad90e67922d5dc54');
INSERT INTO public.audit_event VALUES (21, '2026-11-26 01:41:51.981003+00', 'system', 'payment.completed', 'order:TRX2026112667KS6Z', '{"amount": 25000}', NULL, 22, 21, '\x1cdd97661d30b0b936bbed83dd8c1edfc290b2d093d8c4b35d4922d55f217e2d');
INSERT INTO public.audit_event VALUES (22, '2026-11-26 01:41:51.988993+00', 'system', 'order.credited', 'order:TRX2026112667KS6Z', '{"total": 25000, "reason": "late"}', NULL, 22, 22, '\x55185b6a9349b6df0f4b0545ae8b708e13e1d37f5c177fa6b23dd515df35627d');
INSERT INTO public.audit_event VALUES (23, '2026-11-26 01:41:51.992642+00', 'system', 'balance.changed', 'user:11', '{"amount": 25000, "before": 0, "reason": "order:TRX2026112667KS6Z:credit", "balance": 25000}', NULL, 22, 23, '\x10579ba1f9df08c890634159a9c02365d3b8a04c41abd067e16d58b27116fa55');
INSERT INTO public.audit_event VALUES (24, '2026-11-26 01:41:52.021995+00', 'system', 'product.added', 'product:6', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 24, '\xe7728c0e95894bfd16270b1b80b9c88df4938aa12fef4200641a04d9894cf5a1');
INSERT INTO public.audit_event VALUES (25, '2026-11-26 01:41:52.036796+00', 'system', 'stock.added', 'product:6', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 25, '\x941f9f96322a73f3d0219efc9c7637ad5ec868689f1f57c20daccc533371f00b');
INSERT INTO public.audit_event VALUES (26, '2026-11-26 01:41:52.113785+00', 'system', 'order.placed', 'order:TRX202611267CK7FM', '{"kind": "purchase", "user": 12, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:52.106521+00:00", "product": 6, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 26, '\xb10d8bc28ec95ffd2e3a5300ff98375af0756dac6e223ef8da96f6be0842bbab');
INSERT INTO public.audit_event VALUES (27, '2026-11-26 01:41:52.18091+00', 'system', 'payment.opened', 'order:TRX202611267CK7FM', '{"qr": "df043d72ccd6f9ce7b8d68334d23732cabea37be9e383f6e98157f0409edb150", "fee": 485, "txn": "PKS-TRX202611267CK7FM", "total": 25485, "amount": 25000}', NULL, 22, 27, '\x2b9808c99312d7a39c79fb9bd7efd158039d69c121ae756beda200f0d03e2846');
INSERT INTO public.audit_event VALUES (28, '2026-11-26 01:41:52.199702+00', 'system', 'payment.completed', 'order:TRX202611267CK7FM', '{"amount": 25000}', NULL, 22, 28, '\x007bdc6fa217dd91c886ff488095a2115d746beefc55fb5ba9f6babdb0566da6');
INSERT INTO public.audit_event VALUES (29, '2026-11-26 01:41:52.200716+00', 'system', 'order.paid', 'order:TRX202611267CK7FM', '{"total": 25000, "reason": null}', NULL, 22, 29, '\x20bbb23b65fc1b219099377c6e70cacd866469dce51c6f44da0fbf529016be4c');
INSERT INTO public.audit_event VALUES (30, '2026-11-26 01:41:52.224794+00', 'system', 'balance.changed', 'user:13', '{"amount": 60000, "before": 0, "reason": "test:2", "balance": 60000}', NULL, 22, 30, '\x484dee723bdc39032c914eba5ea0dee21eb0cf7a94024a73abad7a7c3e7fb5bd');
INSERT INTO public.audit_event VALUES (31, '2026-11-26 01:41:52.234198+00', 'system', 'product.added', 'product:7', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 31, '\x6ad317b7a961ac25975f8666414ffbeafdf21dd28b32f04837096cb692e91294');
INSERT INTO public.audit_event VALUES (32, '2026-11-26 01:41:52.242409+00', 'system', 'stock.added', 'product:7', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 32, '\xcea82632271cfd77cbf2dcb1b61ff78b033340ab5b9344ba4b0e9ba13425b442');
INSERT INTO public.audit_event VALUES (33, '2026-11-26 01:41:52.251018+00', 'system', 'order.placed', 'order:TRX2026112698PWYQ', '{"kind": "purchase", "user": 13, "total": 25000, "method": "balance", "expires": "2026-11-26T01:51:52.250251+00:00", "product": 7, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 33, '\x1e04e7f161ac38d303c18d6fe5547e439cb5b5e08a0de1aaf7555e7db2952883');
INSERT INTO public.audit_event VALUES (34, '2026-11-26 01:41:52.256807+00', 'system', 'balance.changed', 'user:13', '{"amount": -25000, "before": 60000, "reason": "order:TRX2026112698PWYQ:payment", "balance": 35000}', NULL, 22, 34, '\xb70ed54d53d5d743867b507fb1007f454271c46a70861e781c9c76ce1ed911b9');
INSERT INTO public.audit_event VALUES (35, '2026-11-26 01:41:52.261666+00', 'system', 'order.paid', 'order:TRX2026112698PWYQ', '{"total": 25000, "reason": null}', NULL, 22, 35, '\xe32e199ed758c79dedcf51f0841143c73bf73d0d677bec8f3b441fc33d9c9a3a');
INSERT INTO public.audit_event VALUES (36, '2026-11-26 01:41:52.275745+00', 'system', 'vouchers.created', 'user:2', '{"count": 1, "marks": ["17b5909a5c4b6eb0a5fc0871eae4b0f3"], "amount": 10000, "expires": "2026-12-26T01:41:52.270800+00:00"}', NULL, 22, 36, '\x3e07b82e0acde60ce926f396326f9f923e71448efa68c14f78cdda4809dfe1c6');
INSERT INTO public.audit_event VALUES (37, '2026-11-26 01:41:52.293561+00', 'system', 'product.added', 'product:8', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 37, '\xf7f9e95d8b85a8948b60feb019836cf246471366a379892cf6b2688570e1318e');
INSERT INTO public.audit_event VALUES (38, '2026-11-26 01:41:52.302307+00', 'system', 'stock.added', 'product:8', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 38, '\x25fbb68f74114f7ff757c43b27347152e7902fadc43a13f121fada33ccb866b9');
INSERT INTO public.audit_event VALUES (39, '2026-11-26 01:41:52.328618+00', 'system', 'order.placed', 'order:TRX202611263MMBN6', '{"kind": "purchase", "user": 14, "total": 15000, "method": "qris", "expires": "2026-11-26T01:51:52.322802+00:00", "product": 8, "voucher": "17b5909a5c4b6eb0a5fc0871eae4b0f3", "discount": 10000, "quantity": 1, "unit_price": 25000}', NULL, 22, 39, '\xec73760fc700c4f4328553fad20bf5b98b8b65a2b782bf9f85965a1dda10affa');
INSERT INTO public.audit_event VALUES (40, '2026-11-26 01:41:52.328644+00', 'system', 'voucher.reserved', 'order:TRX202611263MMBN6', '{}', NULL, 22, 40, '\x18578164d8a2584c3cb90b876ab1b08e08f63be3cbbb4c67fb60e51fa4c859ec');
INSERT INTO public.audit_event VALUES (41, '2026-11-26 01:41:52.353525+00', 'system', 'payment.opened', 'order:TRX202611263MMBN6', '{"qr": "3196102c4ff8343b2ceb05a147b574f7775bb5de001c05de7dc9d74c239df012", "fee": 485, "txn": "PKS-TRX202611263MMBN6", "total": 15485, "amount": 15000}', NULL, 22, 41, '\xf4c12637160dba8ef4d8236720538b3944cff6fd9147a71370d920bfbcedf139');
INSERT INTO public.audit_event VALUES (42, '2026-11-26 01:41:52.378553+00', 'system', 'product.added', 'product:9', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 42, '\x5c990900d003f7f65ee0194e7c1d242d145390b05046c8d47ddf5857fd5839c8');
INSERT INTO public.audit_event VALUES (43, '2026-11-26 01:41:52.400424+00', 'system', 'stock.added', 'product:9', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 43, '\x8934df8ed836e0b157fc9465c69e9e02c67d1d1b12f8ffa90beea496e69e7f43');
INSERT INTO public.audit_event VALUES (44, '2026-11-26 01:41:52.423839+00', 'system', 'order.placed', 'order:TRX20261126HF9QXG', '{"kind": "purchase", "user": 15, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:52.420882+00:00", "product": 9, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 44, '\x585ec6eafe9afecbb0c76aab43c6e00139b1ce758b317588fdadd039f2fcc013');
INSERT INTO public.audit_event VALUES (45, '2026-11-26 01:41:52.463813+00', 'system', 'product.added', 'product:10', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 45, '\x7d293ce7bd32f408586c3d6b05fa73c7a584d1843bfad98f180799cd97bb6dfd');
INSERT INTO public.audit_event VALUES (46, '2026-11-26 01:41:52.485282+00', 'system', 'stock.added', 'product:10', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 46, '\xa92bd303cef4befbe5c58b19fb7ba2ff6caf75283a5894e046ff01cc0facf246');
INSERT INTO public.audit_event VALUES (47, '2026-11-26 01:41:52.503488+00', 'system', 'order.placed', 'order:TRX20261126JH2EXP', '{"kind": "purchase", "user": 16, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:52.502667+00:00", "product": 10, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 47, '\x9420c07e875c169b031af2f0453cf545f3ec8554e88fee47a5878bd89ea81755');
INSERT INTO public.audit_event VALUES (48, '2026-11-26 01:41:52.545359+00', 'system', 'payment.opened', 'order:TRX20261126JH2EXP', '{"qr": "9b83463bd79e9c1be7e3ccaf23a3bd824db4f294b5f1f2f6b5f42cb418346aaf", "fee": 485, "txn": "PKS-TRX20261126JH2EXP", "total": 25485, "amount": 25000}', NULL, 22, 48, '\x2a0182269c72e540dbaf57ea5eb231598a0d1c6a47a922e1285804931bea873b');
INSERT INTO public.audit_event VALUES (49, '2026-11-26 01:41:52.559859+00', 'system', 'order.expired', 'order:TRX20261126JH2EXP', '{"total": 25000, "reason": "deadline"}', NULL, 22, 49, '\x02dd3fa52ce55dfc8d498b531478168af9f27ef473faca34f56a1421734cd3eb');
INSERT INTO public.audit_event VALUES (50, '2026-11-26 01:41:52.597846+00', 'system', 'product.added', 'product:11', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 50, '\xcaa43fee31f37d1b487ed26adcf6eda6d2729421fbe102979cd042dbde041d22');
INSERT INTO public.audit_event VALUES (51, '2026-11-26 01:41:52.608274+00', 'system', 'stock.added', 'product:11', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 51, '\xd71983c4baef3cd22de3f12f438027272c1557c85db9db286cb8cb65635bc886');
INSERT INTO public.audit_event VALUES (52, '2026-11-26 01:41:52.621523+00', 'system', 'order.placed', 'order:TRX202611269JLWZK', '{"kind": "purchase", "user": 17, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:52.620607+00:00", "product": 11, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 52, '\x551c2a8a4ace1c8dd6a712ad6f6e91064ad6e9551e841f03bf6534bf1cafd267');
INSERT INTO public.audit_event VALUES (53, '2026-11-26 01:41:52.659763+00', 'system', 'payment.opened', 'order:TRX202611269JLWZK', '{"qr": "b5df713c0d0a14fa08beeb426dbf4c9f70f8133950b93d8e2ff8c7142da6ef66", "fee": 485, "txn": "PKS-TRX202611269JLWZK", "total": 25485, "amount": 25000}', NULL, 22, 53, '\xca2a395cb44460c79d1c49cd1c7d8bbbc61d5034e6a3a7447a4056f8fb6e0cb2');
INSERT INTO public.audit_event VALUES (54, '2026-11-26 01:41:52.673141+00', 'system', 'order.canceled', 'order:TRX202611269JLWZK', '{"total": 25000, "reason": "buyer"}', NULL, 22, 54, '\x58092d9c02e2467d6e614e2d6c2b789b8303c2a0c9c9c0f9973760cb586e9fd7');
INSERT INTO public.audit_event VALUES (55, '2026-11-26 01:41:52.701514+00', 'system', 'stray.found', 'stray:1', '{"txn_id": "PKS1", "invoice": "TRXLOST"}', NULL, 22, 55, '\x06de15372dbe27fb759918a8f4e2259ea480e42842b7551aaa81eac4bb58c79c');
INSERT INTO public.audit_event VALUES (56, '2026-11-26 01:41:52.716909+00', 'system', 'stray.dismissed', 'stray:1', '{}', NULL, 22, 56, '\x3a0d3e677989367c328a623bdf74b4f38a090c05ece7ed9755720efad5328b90');
INSERT INTO public.audit_event VALUES (57, '2026-11-26 01:41:52.73836+00', 'system', 'product.added', 'product:12', '{"name": "Netflix 1M", "price": 25000, "category": null, "description": ""}', NULL, 22, 57, '\xd1b7f4593f999803463eedbf316617003571a0a8c37840962712c961876fef7c');
INSERT INTO public.audit_event VALUES (58, '2026-11-26 01:41:52.748779+00', 'system', 'stock.added', 'product:12', '{"after": 1, "count": 1, "before": 0}', NULL, 22, 58, '\xb7e7780b23953514f6512cab9032146f2d3682db8bacb07ba60481b27f64359f');
INSERT INTO public.audit_event VALUES (59, '2026-11-26 01:41:52.777314+00', 'system', 'order.placed', 'order:TRX202611267YT52E', '{"kind": "purchase", "user": 18, "total": 25000, "method": "qris", "expires": "2026-11-26T01:51:52.776087+00:00", "product": 12, "voucher": null, "discount": 0, "quantity": 1, "unit_price": 25000}', NULL, 22, 59, '\x99415c95a75c4054d59cba62e708960cf0438a08219ab27d5a622a2704727c84');
INSERT INTO public.audit_event VALUES (60, '2026-11-26 01:41:52.806638+00', 'system', 'payment.opened', 'order:TRX202611267YT52E', '{"qr": "589d90d1a0b6773e20eaf53579449f73392efc8ba7245fa8b41858eba5507a58", "fee": 485, "txn": "PKS-TRX202611267YT52E", "total": 25485, "amount": 25000}', NULL, 22, 60, '\x83922b1a9ac0ba3ead571474cc76af83266184b101d0cdd583092bf01d8026df');
INSERT INTO public.audit_event VALUES (61, '2026-11-26 01:41:52.823141+00', 'system', 'payment.contradicted', 'order:TRX202611267YT52E', '{"said": {"amount": 20000, "status": "completed", "txn_id": "PKS-TRX202611267YT52E", "order_id": "TRX202611267YT52E", "is_sandbox": true}, "differs": "amount"}', NULL, 22, 61, '\xfc49fc668a04469d1c7990f2eca8f5339469bcce300c7f17139112fc1b75d7fa');
INSERT INTO public.audit_event VALUES (62, '2026-11-26 01:41:52.843404+00', 'system', 'payment.accepted', 'order:TRX202611267YT52E', '{}', NULL, 22, 62, '\xa191c1f9e1c664415f65b8f7ae82cb9840343450d95837c822817be5128af597');
INSERT INTO public.audit_event VALUES (63, '2026-11-26 01:41:52.847772+00', 'system', 'payment.completed', 'order:TRX202611267YT52E', '{"amount": 20000}', NULL, 22, 63, '\xb20ff7c07b6695d2d569f4361242d12c09039fefc2e689b8e4d85a03cb8b5f45');
INSERT INTO public.audit_event VALUES (64, '2026-11-26 01:41:52.849226+00', 'system', 'order.paid', 'order:TRX202611267YT52E', '{"total": 25000, "reason": null}', NULL, 22, 64, '\x947a91e82a57055dffb5dff20a8827578b40273712338f88bf67e3d249b2dea9');
INSERT INTO public.audit_event VALUES (65, '2026-11-26 01:41:52.861036+00', 'system', 'group.added', 'group:-100', '{"title": "Tim", "topic": 7}', NULL, 22, 65, '\xb8c48b9243bf5ee2150d373cc7ed4a24a970209d5b1e97c1c6cc2e4ce1f234bd');
INSERT INTO public.audit_event VALUES (66, '2026-11-26 01:41:52.871796+00', 'system', 'broadcast.drafted', 'broadcast:1', '{}', NULL, 22, 66, '\xd6fff08b2068e021e1d9e5a960504fd4bf843c1493d3b93a80caf24afd7069d9');
INSERT INTO public.audit_event VALUES (67, '2026-11-26 01:41:52.877972+00', 'system', 'broadcast.queued', 'broadcast:1', '{"sent": 0, "total": 0, "failed": 0, "blocked": 0, "unknown": 0}', NULL, 22, 67, '\xe074010bf7c1ff1e02f37dacccc4d326200ff83b31f0a3de1c7fbb7b1e449bff');
INSERT INTO public.audit_event VALUES (68, '2026-11-26 01:41:52.885161+00', 'system', 'broadcast.running', 'broadcast:1', '{"sent": 0, "total": 0, "failed": 0, "blocked": 0, "unknown": 0}', NULL, 22, 68, '\xeb34525c1524a40632e80178ec1024eef5ff4aac22d6eba759d4f340d064550a');


INSERT INTO public.audit_lane VALUES (22, 68, '\xbf375966165883cb1da001e95ffdb4f9b9edfabd6edf556b39eb6cdda23f61d5');


INSERT INTO public.broadcast VALUES (1, NULL, NULL, 'gAAAAABrB45gDRTmtOSt5jV-0cAthehPKwqMQG6-ufZbs2789Aml_rg-jQqL0jzALjJ5qM7lUzU45QHj-UEaSDAqJJSfQqJFlA==', NULL, NULL, 'running', 1, 12, 1, 0, 0, 0, NULL, 2, 2, NULL, NULL, '2026-11-26 01:41:52.866884+00', '2026-11-26 01:41:52.876255+00', '2026-11-26 01:41:52.899096+00', '2026-11-26 01:41:52.88375+00', NULL);


INSERT INTO public.broadcast_recipient VALUES (1, 3, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 4, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 10, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 11, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 12, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 13, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 14, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 15, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 16, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 17, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 18, 'waiting', NULL, NULL);
INSERT INTO public.broadcast_recipient VALUES (1, 1, 'sent', 0, NULL);


INSERT INTO public.category_discount VALUES ('Streaming', 10, NULL);


INSERT INTO public.contradiction VALUES (9, '["amount"]', '{"amount": 20000, "status": "completed", "txn_id": "PKS-TRX202611267YT52E", "order_id": "TRX202611267YT52E", "is_sandbox": true}', '2026-11-26 01:41:52.819797+00', 'accepted', '2026-11-26 01:41:52.842703+00', 'seen in the dashboard');


INSERT INTO public.dead_letter VALUES ('a-job', 'send_notice', 'default', 'send_notice/welcome Telegram is on fire', '1', '\x674141414141427242343567436c7a3450786a5744534974336c724b5641333464725a52354169347a387550384856556b4b78786e685f4d7333326971505f4f3430774a424146574b423377736b7a635552474b64364362657369453735304948413d3d', 'Telegram is on fire', '', 0, 'dead', '2026-11-26 01:41:52.921109+00', NULL, NULL, NULL);


INSERT INTO public.delivery VALUES (1, 0, 'sent', 0, 700, '2026-11-26 01:41:51.728299+00');


INSERT INTO public.handled_update VALUES (1, '{"text": "Halo"}', '2026-11-26 01:41:52.912947+00');


INSERT INTO public.ledger_entry VALUES (1, 1, 60000, 60000, 'test:1', NULL, NULL, '2026-11-26 01:41:51.198147+00');
INSERT INTO public.ledger_entry VALUES (2, 11, 25000, 25000, 'order:TRX2026112667KS6Z:credit', NULL, NULL, '2026-11-26 01:41:51.991735+00');
INSERT INTO public.ledger_entry VALUES (3, 13, 60000, 60000, 'test:2', NULL, NULL, '2026-11-26 01:41:52.224426+00');
INSERT INTO public.ledger_entry VALUES (4, 13, -25000, 35000, 'order:TRX2026112698PWYQ:payment', NULL, NULL, '2026-11-26 01:41:52.256307+00');


INSERT INTO public.notify_group VALUES (-100, 7, 'Tim', 2, '2026-11-26 01:41:52.860246+00');


INSERT INTO public."order" VALUES (1, 'TRX202611266AQRFZ', 10, 'purchase', 4, 1, 25000, 0, 25000, NULL, 0, 'qris', 'delivered', NULL, NULL, NULL, '2026-11-26 01:41:51.597496+00', '2026-11-26 01:51:51.597496+00', '2026-11-26 01:41:51.687802+00', '2026-11-26 01:41:51.735073+00', '2026-11-26 01:41:51.735073+00');
INSERT INTO public."order" VALUES (2, 'TRX2026112667KS6Z', 11, 'purchase', 5, 1, 25000, 0, 25000, NULL, 0, 'qris', 'credited', 'late', NULL, NULL, '2026-11-26 01:41:51.860054+00', '2026-11-26 01:51:51.860054+00', NULL, NULL, '2026-11-26 01:41:51.981059+00');
INSERT INTO public."order" VALUES (3, 'TRX202611267CK7FM', 12, 'purchase', 6, 1, 25000, 0, 25000, NULL, 0, 'qris', 'paid', NULL, NULL, NULL, '2026-11-26 01:41:52.106521+00', '2026-11-26 01:51:52.106521+00', '2026-11-26 01:41:52.199732+00', NULL, NULL);
INSERT INTO public."order" VALUES (4, 'TRX2026112698PWYQ', 13, 'purchase', 7, 1, 25000, 0, 25000, NULL, 0, 'balance', 'paid', NULL, NULL, NULL, '2026-11-26 01:41:52.250251+00', '2026-11-26 01:51:52.250251+00', '2026-11-26 01:41:52.260133+00', NULL, NULL);
INSERT INTO public."order" VALUES (5, 'TRX202611263MMBN6', 14, 'purchase', 8, 1, 25000, 10000, 15000, 'CRSSZ-ZLRBR', 0, 'qris', 'pending', NULL, NULL, NULL, '2026-11-26 01:41:52.322802+00', '2026-11-26 01:51:52.322802+00', NULL, NULL, NULL);
INSERT INTO public."order" VALUES (6, 'TRX20261126HF9QXG', 15, 'purchase', 9, 1, 25000, 0, 25000, NULL, 0, 'qris', 'pending', NULL, NULL, NULL, '2026-11-26 01:41:52.420882+00', '2026-11-26 01:51:52.420882+00', NULL, NULL, NULL);
INSERT INTO public."order" VALUES (7, 'TRX20261126JH2EXP', 16, 'purchase', 10, 1, 25000, 0, 25000, NULL, 0, 'qris', 'expired', 'deadline', NULL, NULL, '2026-11-26 01:41:52.502667+00', '2026-11-26 01:51:52.502667+00', NULL, NULL, '2026-11-26 01:41:52.555816+00');
INSERT INTO public."order" VALUES (8, 'TRX202611269JLWZK', 17, 'purchase', 11, 1, 25000, 0, 25000, NULL, 0, 'qris', 'canceled', 'buyer', NULL, NULL, '2026-11-26 01:41:52.620607+00', '2026-11-26 01:51:52.620607+00', NULL, NULL, '2026-11-26 01:41:52.672024+00');
INSERT INTO public."order" VALUES (9, 'TRX202611267YT52E', 18, 'purchase', 12, 1, 25000, 0, 25000, NULL, 0, 'qris', 'paid', NULL, NULL, NULL, '2026-11-26 01:41:52.776087+00', '2026-11-26 01:51:52.776087+00', '2026-11-26 01:41:52.847801+00', NULL, NULL);


INSERT INTO public.outbox VALUES ('611391ec-c2be-4bc3-a364-d10aeaa3148a', 'add_stock_batch', 'bulk', '[1]', 0, '2026-11-26 01:41:51.495345+00', NULL, '2026-11-26 01:41:51.495345+00', NULL);
INSERT INTO public.outbox VALUES ('681269fe-d363-49aa-ae7a-0e23377a0705', 'open_payment', 'gateway', '[1]', 0, '2026-11-26 01:41:51.610128+00', NULL, '2026-11-26 01:41:51.610128+00', NULL);
INSERT INTO public.outbox VALUES ('5b67a9f8-7795-4e04-9a6a-a04fd6cba15a', 'expire_order', 'gateway', '[1]', 0, '2026-11-26 01:51:51.610252+00', NULL, '2026-11-26 01:41:51.610252+00', NULL);
INSERT INTO public.outbox VALUES ('f72492ac-5b84-464f-a6f1-44746040b6da', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 4}]', 0, '2026-11-26 01:41:51.625843+00', NULL, '2026-11-26 01:41:51.625843+00', NULL);
INSERT INTO public.outbox VALUES ('dce82b9f-b8fb-4d00-94fa-e2761da3424e', 'send_qr', 'money', '[1]', 0, '2026-11-26 01:41:51.654862+00', NULL, '2026-11-26 01:41:51.654862+00', NULL);
INSERT INTO public.outbox VALUES ('fd4ad8aa-ddae-4ccc-8809-c73168fca8a8', 'show_paid', 'money', '[1]', 0, '2026-11-26 01:41:51.945761+00', NULL, '2026-11-26 01:41:51.695761+00', NULL);
INSERT INTO public.outbox VALUES ('a771cce5-45f3-4e87-bfa2-a9de4d8e0395', 'send_notice', 'money', '[2, "order_new", {"order_id": 1}]', 0, '2026-11-26 01:41:51.949275+00', NULL, '2026-11-26 01:41:51.699275+00', NULL);
INSERT INTO public.outbox VALUES ('ebfb50e8-dfdf-4f28-875b-99d5e793bf84', 'open_payment', 'gateway', '[2]', 0, '2026-11-26 01:41:51.86815+00', NULL, '2026-11-26 01:41:51.86815+00', NULL);
INSERT INTO public.outbox VALUES ('2604e1f8-671c-45e2-ba6d-379e8783defe', 'expire_order', 'gateway', '[2]', 0, '2026-11-26 01:51:51.86825+00', NULL, '2026-11-26 01:41:51.86825+00', NULL);
INSERT INTO public.outbox VALUES ('531d5a02-f785-45bc-9ffe-7ed67eb714b4', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 5}]', 0, '2026-11-26 01:41:51.881034+00', NULL, '2026-11-26 01:41:51.881034+00', NULL);
INSERT INTO public.outbox VALUES ('1c638565-ae39-40af-a3a8-fcc2c5526bf4', 'send_qr', 'money', '[2]', 0, '2026-11-26 01:41:51.908036+00', NULL, '2026-11-26 01:41:51.908036+00', NULL);
INSERT INTO public.outbox VALUES ('fe40d429-dc6d-43bc-8114-00dbc3ef685a', 'show_closed', 'money', '[2]', 0, '2026-11-26 01:41:51.929238+00', NULL, '2026-11-26 01:41:51.929238+00', NULL);
INSERT INTO public.outbox VALUES ('f64b079c-b369-414d-9fbb-d485bf8c6ced', 'cancel_payment', 'watch', '[2]', 0, '2026-11-26 01:41:51.952222+00', NULL, '2026-11-26 01:41:51.952222+00', NULL);
INSERT INTO public.outbox VALUES ('8e51be6e-80ff-4a28-8959-6b3c71cfd171', 'send_notice', 'money', '[11, "late_credited", {"order_id": 2}]', 0, '2026-11-26 01:41:51.992683+00', NULL, '2026-11-26 01:41:51.992683+00', NULL);
INSERT INTO public.outbox VALUES ('44a761ee-6bab-4ebc-9067-661a7ed34276', 'send_notice', 'money', '[2, "order_late_credited", {"order_id": 2}]', 0, '2026-11-26 01:41:51.996624+00', NULL, '2026-11-26 01:41:51.996624+00', NULL);
INSERT INTO public.outbox VALUES ('e00be338-8331-4602-84cd-4aaf767d9e96', 'open_payment', 'gateway', '[3]', 0, '2026-11-26 01:41:52.124475+00', NULL, '2026-11-26 01:41:52.124475+00', NULL);
INSERT INTO public.outbox VALUES ('1eab6893-e77b-428e-95bc-bebc0492f677', 'expire_order', 'gateway', '[3]', 0, '2026-11-26 01:51:52.124586+00', NULL, '2026-11-26 01:41:52.124586+00', NULL);
INSERT INTO public.outbox VALUES ('4a534b28-c399-4830-938b-b8107cfeacd3', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 6}]', 0, '2026-11-26 01:41:52.152076+00', NULL, '2026-11-26 01:41:52.152076+00', NULL);
INSERT INTO public.outbox VALUES ('ebf9e3af-c65d-4ad4-889a-b0eb00851f61', 'send_qr', 'money', '[3]', 0, '2026-11-26 01:41:52.180935+00', NULL, '2026-11-26 01:41:52.180935+00', NULL);
INSERT INTO public.outbox VALUES ('d237cdbd-fe00-40a3-9816-c55c664f0718', 'deliver_order', 'money', '[3]', 0, '2026-11-26 01:41:52.200741+00', NULL, '2026-11-26 01:41:52.200741+00', NULL);
INSERT INTO public.outbox VALUES ('c9323289-e93c-4b00-8deb-85d1fb5baef3', 'show_paid', 'money', '[3]', 0, '2026-11-26 01:41:52.450793+00', NULL, '2026-11-26 01:41:52.200793+00', NULL);
INSERT INTO public.outbox VALUES ('c26b1190-5b8e-4e27-82db-1f30b65cbf57', 'send_notice', 'money', '[2, "order_new", {"order_id": 3}]', 0, '2026-11-26 01:41:52.451423+00', NULL, '2026-11-26 01:41:52.201423+00', NULL);
INSERT INTO public.outbox VALUES ('921dbd01-29f7-49e1-b477-0a9228474b07', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 7}]', 0, '2026-11-26 01:41:52.259981+00', NULL, '2026-11-26 01:41:52.259981+00', NULL);
INSERT INTO public.outbox VALUES ('5baaa82a-cce1-4278-84d9-a4dfa9c7daa6', 'deliver_order', 'money', '[4]', 0, '2026-11-26 01:41:52.261692+00', NULL, '2026-11-26 01:41:52.261692+00', NULL);
INSERT INTO public.outbox VALUES ('75291b85-d96f-4888-b907-5a5ac6a3c83f', 'show_paid', 'money', '[4]', 0, '2026-11-26 01:41:52.511734+00', NULL, '2026-11-26 01:41:52.261734+00', NULL);
INSERT INTO public.outbox VALUES ('8dbc3227-1bb8-48ff-a52a-382344722485', 'send_notice', 'money', '[2, "order_new", {"order_id": 4}]', 0, '2026-11-26 01:41:52.513963+00', NULL, '2026-11-26 01:41:52.263963+00', NULL);
INSERT INTO public.outbox VALUES ('d4a4bda5-52db-424c-aaca-fb574474ba3b', 'open_payment', 'gateway', '[5]', 0, '2026-11-26 01:41:52.330527+00', NULL, '2026-11-26 01:41:52.330527+00', NULL);
INSERT INTO public.outbox VALUES ('954b9675-e60f-4aa4-b24a-ab2551732689', 'expire_order', 'gateway', '[5]', 0, '2026-11-26 01:51:52.330614+00', NULL, '2026-11-26 01:41:52.330614+00', NULL);
INSERT INTO public.outbox VALUES ('aa6a9ea2-e537-4175-a660-10b7e9466a02', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 8}]', 0, '2026-11-26 01:41:52.341664+00', NULL, '2026-11-26 01:41:52.341664+00', NULL);
INSERT INTO public.outbox VALUES ('fcef5cef-9a76-4dfb-95a5-2d6f620ca2b3', 'send_qr', 'money', '[5]', 0, '2026-11-26 01:41:52.353543+00', NULL, '2026-11-26 01:41:52.353543+00', NULL);
INSERT INTO public.outbox VALUES ('7a7ab723-4bfd-470d-978d-3ea79bd304d6', 'open_payment', 'gateway', '[6]', 0, '2026-11-26 01:41:52.432896+00', NULL, '2026-11-26 01:41:52.432896+00', NULL);
INSERT INTO public.outbox VALUES ('7649cdb0-4757-4041-b9e6-50b4c87449b1', 'expire_order', 'gateway', '[6]', 0, '2026-11-26 01:51:52.432975+00', NULL, '2026-11-26 01:41:52.432975+00', NULL);
INSERT INTO public.outbox VALUES ('35154d8a-b525-416a-95cf-924a522dd75c', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 9}]', 0, '2026-11-26 01:41:52.441329+00', NULL, '2026-11-26 01:41:52.441329+00', NULL);
INSERT INTO public.outbox VALUES ('34beeb8b-3ff4-4203-8ded-b960bc001705', 'open_payment', 'gateway', '[7]', 0, '2026-11-26 01:41:52.511772+00', NULL, '2026-11-26 01:41:52.511772+00', NULL);
INSERT INTO public.outbox VALUES ('7bb0f750-2388-4f98-88bb-2dc1da6ac575', 'expire_order', 'gateway', '[7]', 0, '2026-11-26 01:51:52.51189+00', NULL, '2026-11-26 01:41:52.51189+00', NULL);
INSERT INTO public.outbox VALUES ('9fc3ad8d-4992-4ea5-80e9-e099ae84b154', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 10}]', 0, '2026-11-26 01:41:52.520286+00', NULL, '2026-11-26 01:41:52.520286+00', NULL);
INSERT INTO public.outbox VALUES ('d22866dd-66e1-42a3-b84e-bf2855acb6e1', 'send_qr', 'money', '[7]', 0, '2026-11-26 01:41:52.545379+00', NULL, '2026-11-26 01:41:52.545379+00', NULL);
INSERT INTO public.outbox VALUES ('c17aba7e-a16c-46fa-b2dc-841f0fe2e958', 'show_closed', 'money', '[7]', 0, '2026-11-26 01:41:52.555748+00', NULL, '2026-11-26 01:41:52.555748+00', NULL);
INSERT INTO public.outbox VALUES ('78d0600f-a486-49a1-aaee-f22d60370f45', 'cancel_payment', 'watch', '[7]', 0, '2026-11-26 01:41:52.572473+00', NULL, '2026-11-26 01:41:52.572473+00', NULL);
INSERT INTO public.outbox VALUES ('91e91d7a-435d-4bdf-8a72-06d61f6ccd91', 'open_payment', 'gateway', '[8]', 0, '2026-11-26 01:41:52.624249+00', NULL, '2026-11-26 01:41:52.624249+00', NULL);
INSERT INTO public.outbox VALUES ('698400e4-18b0-480b-93a1-a442ea288a9b', 'expire_order', 'gateway', '[8]', 0, '2026-11-26 01:51:52.624316+00', NULL, '2026-11-26 01:41:52.624316+00', NULL);
INSERT INTO public.outbox VALUES ('e4b42892-be72-4aa5-a534-5cdad0779d44', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 11}]', 0, '2026-11-26 01:41:52.632756+00', NULL, '2026-11-26 01:41:52.632756+00', NULL);
INSERT INTO public.outbox VALUES ('6d13ed26-0665-4e30-a095-59b55b148eca', 'send_qr', 'money', '[8]', 0, '2026-11-26 01:41:52.65979+00', NULL, '2026-11-26 01:41:52.65979+00', NULL);
INSERT INTO public.outbox VALUES ('53c9d0a5-3aac-4f58-8a65-c75b8bb635fd', 'cancel_payment', 'watch', '[8]', 0, '2026-11-26 01:41:52.683734+00', NULL, '2026-11-26 01:41:52.683734+00', NULL);
INSERT INTO public.outbox VALUES ('be08d7ab-145d-419b-a258-4c065ef9d11f', 'send_notice', 'money', '[2, "payment_stray", {"stray_id": 1}]', 0, '2026-11-26 01:41:52.704464+00', NULL, '2026-11-26 01:41:52.704464+00', NULL);
INSERT INTO public.outbox VALUES ('9062fba6-b68b-4e10-ba50-0a804a8a270c', 'look_at_stray', 'watch', '[1]', 0, '2026-11-26 01:41:52.704536+00', NULL, '2026-11-26 01:41:52.704536+00', NULL);
INSERT INTO public.outbox VALUES ('ba294738-e801-4b45-8ea1-2dacde0f4fc9', 'open_payment', 'gateway', '[9]', 0, '2026-11-26 01:41:52.780786+00', NULL, '2026-11-26 01:41:52.780786+00', NULL);
INSERT INTO public.outbox VALUES ('50135387-42fa-40bc-9c12-616890de610b', 'expire_order', 'gateway', '[9]', 0, '2026-11-26 01:51:52.780874+00', NULL, '2026-11-26 01:41:52.780874+00', NULL);
INSERT INTO public.outbox VALUES ('60134cf8-0f53-46ea-ae72-90bd51edcc23', 'send_notice', 'money', '[2, "stock_out", {"left": 0, "name": "Netflix 1M", "product_id": 12}]', 0, '2026-11-26 01:41:52.794154+00', NULL, '2026-11-26 01:41:52.794154+00', NULL);
INSERT INTO public.outbox VALUES ('47ccd08a-ff38-4b54-9013-ff9a7bee4216', 'send_qr', 'money', '[9]', 0, '2026-11-26 01:41:52.806655+00', NULL, '2026-11-26 01:41:52.806655+00', NULL);
INSERT INTO public.outbox VALUES ('706fd8f1-3638-43ea-8b30-6d21d3f253b0', 'send_notice', 'money', '[2, "payment_mismatch", {"differs": ["amount"], "order_id": 9}]', 0, '2026-11-26 01:41:52.825916+00', NULL, '2026-11-26 01:41:52.825916+00', NULL);
INSERT INTO public.outbox VALUES ('67614f50-940a-4c7b-91d6-b346c82cc6d7', 'deliver_order', 'money', '[9]', 0, '2026-11-26 01:41:52.849255+00', NULL, '2026-11-26 01:41:52.849255+00', NULL);
INSERT INTO public.outbox VALUES ('e168b0e9-9aeb-47ca-b47d-dafacdd78201', 'show_paid', 'money', '[9]', 0, '2026-11-26 01:41:53.099313+00', NULL, '2026-11-26 01:41:52.849313+00', NULL);
INSERT INTO public.outbox VALUES ('632645e8-29cb-493c-be16-027cbff5dea8', 'send_notice', 'money', '[2, "order_new", {"order_id": 9}]', 0, '2026-11-26 01:41:53.100174+00', NULL, '2026-11-26 01:41:52.850174+00', NULL);
INSERT INTO public.outbox VALUES ('6f04baef-706c-4868-bc99-72ae05d7d3e4', 'list_recipients', 'bulk', '[1, 1]', 0, '2026-11-26 01:41:52.885192+00', NULL, '2026-11-26 01:41:52.885192+00', NULL);
INSERT INTO public.outbox VALUES ('0a2a7b69-56c9-4ebe-a07e-93881ff1497e', 'show_broadcast', 'bulk', '[1, 1]', 0, '2026-11-26 01:41:52.885359+00', NULL, '2026-11-26 01:41:52.885359+00', NULL);
INSERT INTO public.outbox VALUES ('40e92f3d-7e5f-4be9-86b1-7e86b29b511e', 'send_broadcast', 'bulk', '[1, 1, 0]', 0, '2026-11-26 01:41:52.899106+00', NULL, '2026-11-26 01:41:52.899106+00', NULL);
INSERT INTO public.outbox VALUES ('21cf7716-f16e-40a3-a4f9-6add9037357f', 'send_broadcast', 'bulk', '[1, 1, 1]', 0, '2026-11-26 01:41:52.899175+00', NULL, '2026-11-26 01:41:52.899175+00', NULL);
INSERT INTO public.outbox VALUES ('023ffc29-0fa8-48b7-af22-1ce0506d42fb', 'send_broadcast', 'bulk', '[1, 1, 2]', 0, '2026-11-26 01:41:52.899192+00', NULL, '2026-11-26 01:41:52.899192+00', NULL);
INSERT INTO public.outbox VALUES ('62ff9db1-b83e-4089-8b20-9ecd585812eb', 'send_broadcast', 'bulk', '[1, 1, 3]', 0, '2026-11-26 01:41:52.899205+00', NULL, '2026-11-26 01:41:52.899205+00', NULL);


INSERT INTO public.payment VALUES (1, 1, 25000, 485, 25485, 'PKS-TRX202611266AQRFZ', 'sample', 'https://pay.example/TRX202611266AQRFZ', 'completed', NULL, 0, NULL, NULL, NULL, NULL, '2026-11-26 01:41:51.653311+00', '2026-11-26 01:41:51.686991+00', '2026-11-26 01:41:51.608034+00');
INSERT INTO public.payment VALUES (2, 2, 25000, 485, 25485, 'PKS-TRX2026112667KS6Z', 'sample', 'https://pay.example/TRX2026112667KS6Z', 'completed', NULL, 0, NULL, NULL, NULL, NULL, '2026-11-26 01:41:51.905486+00', '2026-11-26 01:41:51.977551+00', '2026-11-26 01:41:51.864501+00');
INSERT INTO public.payment VALUES (3, 3, 25000, 485, 25485, 'PKS-TRX202611267CK7FM', 'sample', 'https://pay.example/TRX202611267CK7FM', 'completed', NULL, 0, NULL, NULL, NULL, NULL, '2026-11-26 01:41:52.180172+00', '2026-11-26 01:41:52.196504+00', '2026-11-26 01:41:52.118527+00');
INSERT INTO public.payment VALUES (4, 5, 15000, 485, 15485, 'PKS-TRX202611263MMBN6', 'sample', 'https://pay.example/TRX202611263MMBN6', 'open', '2026-11-26 01:42:07.353009+00', 0, NULL, NULL, NULL, NULL, '2026-11-26 01:41:52.353009+00', NULL, '2026-11-26 01:41:52.329997+00');
INSERT INTO public.payment VALUES (5, 6, 25000, NULL, NULL, NULL, NULL, NULL, 'opening', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-26 01:41:52.432354+00');
INSERT INTO public.payment VALUES (6, 7, 25000, 485, 25485, 'PKS-TRX20261126JH2EXP', 'sample', 'https://pay.example/TRX20261126JH2EXP', 'open', '2026-11-26 01:42:52.572042+00', 0, '2026-11-28 01:41:52.572042+00', NULL, NULL, NULL, '2026-11-26 01:41:52.544747+00', NULL, '2026-11-26 01:41:52.507886+00');
INSERT INTO public.payment VALUES (7, 8, 25000, 485, 25485, 'PKS-TRX202611269JLWZK', 'sample', 'https://pay.example/TRX202611269JLWZK', 'open', '2026-11-26 01:42:52.682705+00', 0, '2026-11-28 01:41:52.682705+00', NULL, NULL, NULL, '2026-11-26 01:41:52.657568+00', NULL, '2026-11-26 01:41:52.623854+00');
INSERT INTO public.payment VALUES (8, 9, 25000, 485, 25485, 'PKS-TRX202611267YT52E', 'sample', 'https://pay.example/TRX202611267YT52E', 'completed', NULL, 0, NULL, NULL, NULL, 20000, '2026-11-26 01:41:52.806142+00', '2026-11-26 01:41:52.843428+00', '2026-11-26 01:41:52.780304+00');


INSERT INTO public.product VALUES (1, 'Netflix 1M', 'Streaming', '1 layar', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 3, 0, 0, '2026-11-26 01:41:51.295537+00', NULL, NULL);
INSERT INTO public.product VALUES (2, 'E-book', NULL, '', 25000, NULL, NULL, NULL, NULL, 'document', '\x6741414141414272423435666946736457794f4654705a7759332d616d3832315a36746866387263665f334f46515946684d54696842645f507a4e5059487771594d367a68776f4b616b4868584a4e6a62535457633138494d6a713033624a6d46673d3d', 0, 0, 0, '2026-11-26 01:41:51.378562+00', NULL, NULL);
INSERT INTO public.product VALUES (3, 'Spotify 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, '2026-11-26 01:41:51.447293+00', NULL, NULL);
INSERT INTO public.product VALUES (4, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 1, 0, '2026-11-26 01:41:51.528547+00', NULL, NULL);
INSERT INTO public.product VALUES (5, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, 0, '2026-11-26 01:41:51.813754+00', NULL, NULL);
INSERT INTO public.product VALUES (6, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, '2026-11-26 01:41:52.013641+00', NULL, NULL);
INSERT INTO public.product VALUES (7, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, '2026-11-26 01:41:52.233571+00', NULL, NULL);
INSERT INTO public.product VALUES (8, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, '2026-11-26 01:41:52.292978+00', NULL, NULL);
INSERT INTO public.product VALUES (9, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, '2026-11-26 01:41:52.375449+00', NULL, NULL);
INSERT INTO public.product VALUES (10, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, 0, '2026-11-26 01:41:52.463145+00', NULL, NULL);
INSERT INTO public.product VALUES (11, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, 0, '2026-11-26 01:41:52.596294+00', NULL, NULL);
INSERT INTO public.product VALUES (12, 'Netflix 1M', NULL, '', 25000, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, '2026-11-26 01:41:52.737385+00', NULL, NULL);


INSERT INTO public.quote VALUES (25000, 485, '2026-11-26 01:41:52.696535+00');


INSERT INTO public.restock_waiter VALUES (3, 3, '2026-11-26 01:41:51.477735+00');


INSERT INTO public.schema_migration VALUES (1, '0001_initial', '2026-11-26 01:41:50.409822');


INSERT INTO public.setting VALUES ('fingerprint_key', '"gAAAAABrB45fX8hFpqxm1PiilyMBf8MzWgRowdfLcIPAbeYSqpj2RyTy8hy__bYYtSGkirAXfX-gatKYKAPdARSc9q0ewnVOiFHcXAbEgH5YUti90WKMyOYq6IRdzALuTe3yM3D4uDmtM4GNbyB0l9S1nn5FhB1wHQrnjppNjk4XtEmjvNmXfgU="');
INSERT INTO public.setting VALUES ('users_joined', '12');


INSERT INTO public.stock_batch VALUES (1, 3, 'adding', 7, '\x674141414141427242343566366e4b6e52367a34466c6c4a52776d487546343355587448764d5739654c3343756c556d5369336f474972576253506c524a52314b4f4c435257376f6d527063475949446d2d7a76747455336156676c6b34426c44386d517a6966536635396f61354235385969316b58513d', 2, 0, 0, false, 2, NULL, NULL, 2, '2026-11-26 01:41:51.491216+00');


INSERT INTO public.stock_item VALUES (1, 1, 'text', '\x6741414141414272423435663870526344434f4c3738374e44624d526d394c6449554f51326d7a66645f6b6d473777685f6f4e416e34776d533645756754644b556b476a6e394f6835542d6a427a49502d573044474968765538796b4c6248576c413d3d', '\x4bf98bb2ab7d23d39e3718699bec5364', 'available', NULL, NULL, '2026-11-26 01:41:51.318816+00');
INSERT INTO public.stock_item VALUES (2, 1, 'text', '\x674141414141427242343566336f63325a335368517a7978587850364d43304c716a6f2d645864785f586933307a4a3955387645594b493635354a6a56643250554a445a36784c726e594864725f37347141716977706266315a4177655265486a413d3d', '\x28d9d7bfec717669b0bca54bd87f01fc', 'available', NULL, NULL, '2026-11-26 01:41:51.318816+00');
INSERT INTO public.stock_item VALUES (3, 1, 'text', '\x67414141414142724234356632544f48596a685342754d4f692d44494f656c316e784c4b424951544b4e65434667625f61774447387779666d58595a64496854397345555054626b304f3072665a505a615245465333342d6d2d744e364f4a762d773d3d', '\x75f7c373947ba250099c002a3c2ac419', 'available', NULL, NULL, '2026-11-26 01:41:51.318816+00');
INSERT INTO public.stock_item VALUES (4, 4, 'text', '\x674141414141427242343566503732504f7a3247335a613745715f617650354274747668435f5941643076324766726f474264574d5f386c544b4a4a4f4752485544415767596e745a35545a6871644572444a6b44374b775f6232754236774146673d3d', '\xcac25899fbcf904021f4ddff5c232677', 'sold', 1, NULL, '2026-11-26 01:41:51.543311+00');
INSERT INTO public.stock_item VALUES (5, 5, 'text', '\x674141414141427242343566342d76426d53685a4a444650506d6364596d7570596e2d4b7a57514b484666437564787a7374364454726e6d46777266466f777867637279343771773454624d53575373354f4d5a556a5053655a313879715f7876513d3d', '\x641363154e4946a59e27c6386c3ca1de', 'available', NULL, NULL, '2026-11-26 01:41:51.827932+00');
INSERT INTO public.stock_item VALUES (6, 6, 'text', '\x674141414141427242343567576268426f5468523933314f6753774e626e776570356e673249384f56467a466f4e615678793944446f38334868762d6c6242696a6e487a6777716b5131764b4b594a5070444f70573672674f55696e456b744578673d3d', '\xf6bfabc685dfa02c82153919dc69395e', 'reserved', 3, NULL, '2026-11-26 01:41:52.027832+00');
INSERT INTO public.stock_item VALUES (7, 7, 'text', '\x674141414141427242343567554d69356154624555795f37494d45546363346233666d3454585235784b627375756b6131567165536d7a44697154716a72756b6e327a6b346931784e5f5f6170715649552d7770696b6e61635a4a453361686d31413d3d', '\xdce34a5c4e8d077292cd8906c756fdbc', 'reserved', 4, NULL, '2026-11-26 01:41:52.240529+00');
INSERT INTO public.stock_item VALUES (8, 8, 'text', '\x6741414141414272423435672d486a59465557625a5247425661303072705a564c5953596165426c68563165464d585f4e46736d4771716c36456d734849786c666859697769377462516a356a766b3478566e30454b616e755978467875585a6a513d3d', '\x26b63b7f92aa69ed7b448b12fdb41610', 'reserved', 5, NULL, '2026-11-26 01:41:52.300499+00');
INSERT INTO public.stock_item VALUES (9, 9, 'text', '\x6741414141414272423435675a396a46546a336b71684e746738703832786a4363486a74363644695559616471545064476b41314a447241387148384437514f2d786235314576783832387434756c45544d74614176316556314e6e4339384b50513d3d', '\x88558d1153b2eb195b45066ea6ea2add', 'reserved', 6, NULL, '2026-11-26 01:41:52.392234+00');
INSERT INTO public.stock_item VALUES (10, 10, 'text', '\x67414141414142724234356753386e64724939736f656b6c6961314150393441415558485a46335954336c4c6370744f784b433475686b317245437975626c62345a47736e4d353559674852704859522d6d413950444b7470644c5934632d3143513d3d', '\x59d1b6bd3e63bd8cd0dac9eeb2bd477f', 'available', NULL, NULL, '2026-11-26 01:41:52.472894+00');
INSERT INTO public.stock_item VALUES (11, 11, 'text', '\x67414141414142724234356749757251576c472d482d684b393044504d51596c64764e576d365630787268393269316d346179467046396a4d75616864674e5f6e2d79515a787576533037705249366939613872755936674b7273737a557a3945673d3d', '\x498b745770eb3bc82db00202855da93c', 'available', NULL, NULL, '2026-11-26 01:41:52.604622+00');
INSERT INTO public.stock_item VALUES (12, 12, 'text', '\x674141414141427242343567573665635a6459645243436530786b5a7834546772462d3769774e47427474536841675f50634349567664394e30735362435a59416c634e6646715249326e66626d4f5232626449447958306a5455625832534b78773d3d', '\x19a66292b871d83e3d5abd0fd3f1dd92', 'reserved', 9, NULL, '2026-11-26 01:41:52.74677+00');


INSERT INTO public.stray VALUES (1, 'TRXLOST', 'PKS1', 1, NULL, NULL, '2026-11-26 01:41:52.700112+00', 'dismissed', '2026-11-26 01:41:52.715678+00', 'seen in the dashboard');


INSERT INTO public.support_message VALUES (2, 500, 3, '2026-11-26 01:41:51.280949+00');


INSERT INTO public."user" VALUES (1, 'Alice', 'alice', NULL, NULL, '614229', 60000, 0, false, false, '{}', '2026-11-26 01:41:51.172437+00', '2026-11-26 01:41:51.172458+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (3, 'Charlie', 'charlie', NULL, NULL, '228458', 0, 0, false, false, '{}', '2026-11-26 01:41:51.241155+00', '2026-11-26 01:41:51.241163+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (4, 'Rina', 'rina', NULL, NULL, '742687', 0, 0, false, true, '{}', '2026-11-26 01:41:51.258002+00', '2026-11-26 01:41:51.25801+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (10, 'Alice', 'alice', NULL, NULL, '356916', 0, 1, false, false, '{}', '2026-11-26 01:41:51.574631+00', '2026-11-26 01:41:51.574639+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (11, 'Alice', 'alice', NULL, NULL, '871145', 25000, 0, false, false, '{}', '2026-11-26 01:41:51.796699+00', '2026-11-26 01:41:51.796707+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (12, 'Alice', 'alice', NULL, NULL, '485374', 0, 0, false, false, '{}', '2026-11-26 01:41:52.058076+00', '2026-11-26 01:41:52.058084+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (13, 'Alice', 'alice', NULL, NULL, '999603', 35000, 0, false, false, '{}', '2026-11-26 01:41:52.216077+00', '2026-11-26 01:41:52.216082+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (14, 'Alice', 'alice', NULL, NULL, '613832', 0, 0, false, false, '{}', '2026-11-26 01:41:52.284813+00', '2026-11-26 01:41:52.28482+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (15, 'Alice', 'alice', NULL, NULL, '228061', 0, 0, false, false, '{}', '2026-11-26 01:41:52.365431+00', '2026-11-26 01:41:52.365436+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (16, 'Alice', 'alice', NULL, NULL, '742290', 0, 0, false, false, '{}', '2026-11-26 01:41:52.456533+00', '2026-11-26 01:41:52.456538+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (17, 'Alice', 'alice', NULL, NULL, '356519', 0, 0, false, false, '{}', '2026-11-26 01:41:52.588061+00', '2026-11-26 01:41:52.588066+00', NULL, NULL, NULL);
INSERT INTO public."user" VALUES (18, 'Alice', 'alice', NULL, NULL, '870748', 0, 0, false, false, '{}', '2026-11-26 01:41:52.724769+00', '2026-11-26 01:41:52.724774+00', NULL, NULL, NULL);


INSERT INTO public.voucher VALUES ('CRSSZ-ZLRBR', 10000, 'reserved', 14, '2026-11-26 01:41:52.321937+00', 2, '2026-11-26 01:41:52.2708+00', '2026-12-26 01:41:52.2708+00');


SELECT pg_catalog.setval('public.audit_event_id_seq', 68, true);


SELECT pg_catalog.setval('public.broadcast_id_seq', 1, true);


SELECT pg_catalog.setval('public.ledger_entry_id_seq', 4, true);


SELECT pg_catalog.setval('public.order_id_seq', 9, true);


SELECT pg_catalog.setval('public.payment_id_seq', 8, true);


SELECT pg_catalog.setval('public.schema_migration_id_seq', 1, true);


SELECT pg_catalog.setval('public.stock_batch_id_seq', 1, true);


SELECT pg_catalog.setval('public.stock_item_id_seq', 12, true);


SELECT pg_catalog.setval('public.stray_id_seq', 1, true);


SELECT pg_catalog.setval('public.user_number', 12, true);


ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.audit_lane
    ADD CONSTRAINT audit_lane_pkey PRIMARY KEY (lane);


ALTER TABLE ONLY public.broadcast
    ADD CONSTRAINT broadcast_origin_key UNIQUE (origin);


ALTER TABLE ONLY public.broadcast
    ADD CONSTRAINT broadcast_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.broadcast_recipient
    ADD CONSTRAINT broadcast_recipient_pkey PRIMARY KEY (broadcast_id, user_id);


ALTER TABLE ONLY public.category_discount
    ADD CONSTRAINT category_discount_pkey PRIMARY KEY (category);


ALTER TABLE ONLY public.contradiction
    ADD CONSTRAINT contradiction_pkey PRIMARY KEY (order_id);


ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (order_id, part);


ALTER TABLE ONLY public.handled_update
    ADD CONSTRAINT handled_update_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_reason_key UNIQUE (reason);


ALTER TABLE ONLY public.notify_group
    ADD CONSTRAINT notify_group_pkey PRIMARY KEY (chat_id);


ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_invoice_key UNIQUE (invoice);


ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_order_id_key UNIQUE (order_id);


ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_txn_id_key UNIQUE (txn_id);


ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_pkey PRIMARY KEY (amount);


ALTER TABLE ONLY public.restock_waiter
    ADD CONSTRAINT restock_waiter_pkey PRIMARY KEY (product_id, user_id);


ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (key);


ALTER TABLE ONLY public.stock_batch
    ADD CONSTRAINT stock_batch_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.stock_batch
    ADD CONSTRAINT stock_batch_update_id_key UNIQUE (update_id);


ALTER TABLE ONLY public.stock_item
    ADD CONSTRAINT stock_item_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.stock_item
    ADD CONSTRAINT stock_item_product_id_fingerprint_key UNIQUE (product_id, fingerprint);


ALTER TABLE ONLY public.stray
    ADD CONSTRAINT stray_invoice_txn_id_key UNIQUE (invoice, txn_id);


ALTER TABLE ONLY public.stray
    ADD CONSTRAINT stray_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.support_message
    ADD CONSTRAINT support_message_pkey PRIMARY KEY (chat_id, message_id);


ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_bank_id_key UNIQUE (bank_id);


ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_pkey PRIMARY KEY (code);


CREATE INDEX audit_event_entity ON public.audit_event USING btree (entity, id);


CREATE INDEX audit_event_rare ON public.audit_event USING btree (entity, id) WHERE (split_part(action, '.'::text, 1) <> ALL (ARRAY['order'::text, 'payment'::text, 'balance'::text, 'goods'::text, 'voucher'::text]));


CREATE INDEX broadcast_line ON public.broadcast USING btree (queued_at) WHERE (state = 'queued'::text);


CREATE UNIQUE INDEX broadcast_one_running ON public.broadcast USING btree (state) WHERE (state = 'running'::text);


CREATE INDEX broadcast_recipient_sending ON public.broadcast_recipient USING btree (broadcast_id, lane) WHERE (state = 'sending'::text);


CREATE INDEX broadcast_recipient_waiting ON public.broadcast_recipient USING btree (broadcast_id, retry_at NULLS FIRST, user_id) WHERE (state = 'waiting'::text);


CREATE INDEX contradiction_open ON public.contradiction USING btree (found_at) WHERE (verdict IS NULL);


CREATE INDEX dead_letter_kind ON public.dead_letter USING btree (kind) WHERE (state = 'dead'::text);


CREATE INDEX dead_letter_open ON public.dead_letter USING btree (died_at) WHERE (state = 'dead'::text);


CREATE INDEX dead_letter_subject ON public.dead_letter USING btree (actor, subject);


CREATE INDEX handled_update_age ON public.handled_update USING btree (handled_at);


CREATE INDEX ledger_entry_user ON public.ledger_entry USING btree (user_id, id DESC);


CREATE INDEX order_closed ON public."order" USING btree (closed_at) WHERE (state = 'expired'::text);


CREATE INDEX order_created ON public."order" USING btree (created_at);


CREATE INDEX order_deadline ON public."order" USING btree (expires_at) WHERE (state = 'pending'::text);


CREATE INDEX order_deposited ON public."order" USING btree (closed_at) WHERE ((kind = 'deposit'::text) AND (state = 'credited'::text));


CREATE INDEX order_history ON public."order" USING btree (user_id, id DESC);


CREATE INDEX order_in_hand ON public."order" USING btree (id) WHERE (state = 'paid'::text);


CREATE UNIQUE INDEX order_one_unpaid ON public."order" USING btree (user_id) WHERE (state = 'pending'::text);


CREATE INDEX order_paid ON public."order" USING btree (paid_at) WHERE (paid_at IS NOT NULL);


CREATE INDEX order_product ON public."order" USING btree (product_id) WHERE (product_id IS NOT NULL);


CREATE UNIQUE INDEX order_voucher ON public."order" USING btree (voucher_code) WHERE ((voucher_code IS NOT NULL) AND (state = ANY (ARRAY['pending'::text, 'paid'::text, 'delivered'::text])));


CREATE INDEX outbox_due ON public.outbox USING btree (due_at);


CREATE INDEX payment_due ON public.payment USING btree (next_check_at) WHERE (next_check_at IS NOT NULL);


CREATE INDEX payment_opened ON public.payment USING btree (opened_at, state) WHERE (opened_at IS NOT NULL);


CREATE INDEX product_best ON public.product USING btree (((sold + sold_offset)) DESC, id) WHERE ((retired_at IS NULL) AND ((sold + sold_offset) > 0));


CREATE INDEX product_category ON public.product USING btree (category, id) WHERE (retired_at IS NULL);


CREATE INDEX product_in_stock ON public.product USING btree (id) WHERE ((retired_at IS NULL) AND ((available > 0) OR (shared_kind IS NOT NULL)));


CREATE UNIQUE INDEX schema_migration_name ON public.schema_migration USING btree (name);


CREATE INDEX stock_batch_created ON public.stock_batch USING btree (created_at);


CREATE INDEX stock_item_available ON public.stock_item USING btree (product_id, id) WHERE (state = 'available'::text);


CREATE INDEX stock_item_batch ON public.stock_item USING btree (batch_id) WHERE ((batch_id IS NOT NULL) AND (state = 'available'::text));


CREATE INDEX stock_item_order ON public.stock_item USING btree (order_id) WHERE (order_id IS NOT NULL);


CREATE INDEX stray_open ON public.stray USING btree (found_at) WHERE (outcome IS NULL);


CREATE INDEX support_message_age ON public.support_message USING btree (at);


CREATE INDEX user_admin ON public."user" USING btree (id) WHERE is_admin;


CREATE INDEX user_bought ON public."user" USING btree (bought DESC, id) WHERE (bought > 0);


CREATE INDEX user_joined ON public."user" USING btree (joined_at);


CREATE INDEX user_silent ON public."user" USING btree (id) WHERE ((unreachable_at IS NOT NULL) OR (banned_at IS NOT NULL));


CREATE INDEX user_username ON public."user" USING btree (lower(username)) WHERE (username IS NOT NULL);


CREATE INDEX voucher_user ON public.voucher USING btree (user_id, redeemed_at DESC) WHERE (user_id IS NOT NULL);


ALTER TABLE ONLY public.broadcast_recipient
    ADD CONSTRAINT broadcast_recipient_broadcast_id_fkey FOREIGN KEY (broadcast_id) REFERENCES public.broadcast(id);


ALTER TABLE ONLY public.contradiction
    ADD CONSTRAINT contradiction_order_id_fkey FOREIGN KEY (order_id) REFERENCES public."order"(id);


ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT delivery_order_id_fkey FOREIGN KEY (order_id) REFERENCES public."order"(id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id) ON UPDATE CASCADE;


ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_voucher_code_fkey FOREIGN KEY (voucher_code) REFERENCES public.voucher(code);


ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_order_id_fkey FOREIGN KEY (order_id) REFERENCES public."order"(id);


ALTER TABLE ONLY public.restock_waiter
    ADD CONSTRAINT restock_waiter_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id) ON UPDATE CASCADE;


ALTER TABLE ONLY public.restock_waiter
    ADD CONSTRAINT restock_waiter_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


ALTER TABLE ONLY public.stock_batch
    ADD CONSTRAINT stock_batch_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id) ON UPDATE CASCADE;


ALTER TABLE ONLY public.stock_item
    ADD CONSTRAINT stock_item_order_id_fkey FOREIGN KEY (order_id) REFERENCES public."order"(id);


ALTER TABLE ONLY public.stock_item
    ADD CONSTRAINT stock_item_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.product(id) ON UPDATE CASCADE;


ALTER TABLE ONLY public.support_message
    ADD CONSTRAINT support_message_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


ALTER TABLE ONLY public.voucher
    ADD CONSTRAINT voucher_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


