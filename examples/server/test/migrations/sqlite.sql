-- 0001_first
create table "person" ("id" text primary key, "login_name" text not null, "first_name" text not null, "last_name" text not null, "email" text not null, "created_at" bigint not null, "removed_at" bigint, "version" integer not null);
create table "organization" ("id" text primary key, "name" text not null);
create table "membership" ("organization_id" text not null references "organization" ("id") on delete cascade, "user_id" text not null, "role" text not null, "position" integer not null, constraint "membership_key" primary key ("user_id", "organization_id"), constraint "membership_role" check (role in ('administrator', 'manager', 'member', 'viewer')));
create table "owner" ("kind" text not null, "id" text not null, "changes" bigint not null, "data_key_id" text, "data_key" blob, "wrapped_by" text, constraint "owner_key" primary key ("kind", "id"));
create table "provider_token" ("id" text primary key, "owner_kind" text not null, "owner_id" text not null, "provider" text not null, "name" text not null, "code" text, "description" text not null, "search" text not null, "name_order" text not null, "field_values" text not null, "secret" blob not null, "status" text not null, "checked_at" bigint, "expires_at" bigint, "last_used_at" bigint, "created_at" bigint not null, "updated_at" bigint not null, "version" integer not null, constraint "provider_token_owner" check (owner_kind in ('user', 'organization')));
create index "provider_token_page" on "provider_token" ("owner_kind", "owner_id", "created_at", "id");
create unique index "provider_token_code" on "provider_token" ("owner_kind", "owner_id", "code") where "code" is not null;
create table "api_key" ("id" text primary key, "owner_kind" text not null, "owner_id" text not null, "name" text not null, "description" text not null, "search" text not null, "name_order" text not null, "module" text, "hash" text not null, "masked_value" text not null, "created_at" bigint not null, "created_by" text not null, "created_by_name" text not null, "expires_at" bigint, "expires_on" text, "last_used_at" bigint, "revoked_at" bigint, "revocation_reason" text, "rotated_from" text, "rotated_to" text, "version" integer not null, constraint "api_key_owner" check (owner_kind in ('user', 'organization')));
create index "api_key_page" on "api_key" ("owner_kind", "owner_id", "created_at", "id");
create table "minting" ("tag" text primary key, "api_key_id" text not null, "fingerprint" text not null, "sealed" blob, "remains" text, "created_at" bigint not null);
create index "minting_api_key" on "minting" ("api_key_id");
create index "minting_age" on "minting" ("created_at");
create table "activity" ("id" text primary key, "at" bigint not null, "action" text not null, "outcome" text not null, "actor_kind" text not null, "actor_id" text, "actor_name" text, "owner_kind" text, "owner_id" text, "subject_id" text, "detail" text not null, "source" text not null, "request_id" text not null);
create index "activity_page" on "activity" ("owner_kind", "owner_id", "at", "id");

-- 0002_sorted_api_keys
create index "api_key_by_name" on "api_key" ("owner_kind", "owner_id", "name_order", "id");
create index "api_key_by_expires_at_asc" on "api_key" ("owner_kind", "owner_id", coalesce("expires_at", 8640000000000001), "id");
create index "api_key_by_expires_at_desc" on "api_key" ("owner_kind", "owner_id", coalesce("expires_at", -8640000000000001), "id");
create index "api_key_by_last_used_at_asc" on "api_key" ("owner_kind", "owner_id", coalesce("last_used_at", 8640000000000001), "id");
create index "api_key_by_last_used_at_desc" on "api_key" ("owner_kind", "owner_id", coalesce("last_used_at", -8640000000000001), "id");

-- 0003_avatars
alter table "person" add column "avatar_version" integer;
create table "avatar" ("person_id" text primary key references "person" ("id") on delete cascade, "media_type" text not null, "bytes" blob not null);

-- 0004_administration
alter table "person" add column "name_order" text default '' not null;
select "id", "first_name" as "first", "last_name" as "last", "login_name" as "login", "email" from "person";
update "person" set "name_order" = ? where "id" = ?; -- ["angela zizka","accents"]
update "person" set "name_order" = ? where "id" = ?; -- ["login","blank"]
update "person" set "name_order" = ? where "id" = ?; -- ["c@example.com","email"]
update "person" set "name_order" = ? where "id" = ?; -- ["id","id"]
update "person" set "name_order" = ? where "id" = ?; -- ["👩‍🚀 xy","emoji"]
create index "api_key_all_by_created_at" on "api_key" ("created_at", "id");
create index "api_key_all_by_name" on "api_key" ("name_order", "id");
create index "api_key_all_by_expires_at_asc" on "api_key" (coalesce("expires_at", 8640000000000001), "id");
create index "api_key_all_by_expires_at_desc" on "api_key" (coalesce("expires_at", -8640000000000001), "id");
create index "api_key_all_by_last_used_at_asc" on "api_key" (coalesce("last_used_at", 8640000000000001), "id");
create index "api_key_all_by_last_used_at_desc" on "api_key" (coalesce("last_used_at", -8640000000000001), "id");
alter table "activity" add column "subject_name" text;
alter table "activity" add column "search" text default '' not null;
create index "activity_of_actor" on "activity" ("actor_kind", "actor_id", "at", "id");

-- 0005_notifications
create table "notification_settings" ("user_id" text primary key, "email" text, "enabled" integer not null, "declined" text not null, "locale" text not null, "version" integer not null, constraint "notification_settings_enabled" check (enabled in (0, 1)));
create table "published_event" ("id" text primary key, "at" bigint not null);
create index "published_event_age" on "published_event" ("at");
create table "mail" ("id" text primary key, "message_id" text not null, "occasion" text not null, "user_id" text not null, "contents" text not null, "state" text not null, "attempts" integer not null, "next_attempt_at" bigint not null, "created_at" bigint not null, "settled_at" bigint, constraint "mail_once" unique ("occasion", "user_id"), constraint "mail_state" check (state in ('waiting', 'sent', 'refused', 'unwanted')));
create index "mail_due" on "mail" ("state", "next_attempt_at", "id");
create index "mail_settled" on "mail" ("settled_at");

-- 0006_shared_limits

-- 0007_bounded_activity
alter table "activity" add column "count" bigint default 1 not null;
alter table "activity" add column "last_at" bigint;
alter table "activity" add column "repeat_key" text;
create unique index "activity_repeat" on "activity" ("repeat_key");
create index "activity_age" on "activity" (coalesce(at, 0));
create index "api_key_ended_revoked_at" on "api_key" ("revoked_at") where "revoked_at" is not null;
create index "api_key_ended_expires_at" on "api_key" ("expires_at") where "expires_at" is not null;

-- 0008_claims
alter table "person" add column "claims_at" bigint;

-- 0009_bounded_statements
create index "api_key_all_by_status" on "api_key" ((case when revoked_at is not null then 8640000000000002 else -coalesce(expires_at, 8640000000000001) end), "id");
create index "api_key_ending" on "api_key" ("expires_at", "id") where "expires_at" is not null and "revoked_at" is null and "rotated_to" is null;
create index "provider_token_ending" on "provider_token" ("expires_at", "id") where "expires_at" is not null;
create index "provider_token_by_name" on "provider_token" ("owner_kind", "owner_id", "name_order", "id");
create index "provider_token_by_updated_at" on "provider_token" ("owner_kind", "owner_id", "updated_at", "id");
create index "membership_of_organization" on "membership" ("organization_id", "user_id");
create index "owner_wrapped_by" on "owner" ("wrapped_by", "kind", "id");
create index "minting_sealed" on "minting" ("created_at") where "sealed" is not null;
create index "mail_waiting" on "mail" ("created_at") where "state" = 'waiting';

-- 0010_last_used_from
alter table "api_key" add column "last_used_address" text;
alter table "api_key" add column "last_used_product" text;

-- 0011_time_zone
alter table "notification_settings" add column "time_zone" text;

-- 0012_jobs
create table "job" ("id" text primary key, "kind" text not null, "state" text not null, "attempts" integer not null, "next_attempt_at" bigint not null, "created_at" bigint not null, "settled_at" bigint, constraint "job_state" check (state in ('waiting', 'done', 'refused')));
create index "job_due" on "job" ("kind", "state", "next_attempt_at", "id");
