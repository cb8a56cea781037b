-- 0001_first
create table "public"."person" ("id" text collate "C" primary key, "login_name" text collate "C" not null, "first_name" text collate "C" not null, "last_name" text collate "C" not null, "email" text collate "C" not null, "created_at" bigint not null, "removed_at" bigint, "version" integer not null);
create table "public"."organization" ("id" text collate "C" primary key, "name" text collate "C" not null);
create table "public"."membership" ("organization_id" text collate "C" not null references "public"."organization" ("id") on delete cascade, "user_id" text collate "C" not null, "role" text collate "C" not null, "position" integer not null, constraint "membership_key" primary key ("user_id", "organization_id"), constraint "membership_role" check (role in ('administrator', 'manager', 'member', 'viewer')));
create table "public"."owner" ("kind" text collate "C" not null, "id" text collate "C" not null, "changes" bigint not null, "data_key_id" text collate "C", "data_key" bytea, "wrapped_by" text collate "C", constraint "owner_key" primary key ("kind", "id"));
create table "public"."provider_token" ("id" text collate "C" primary key, "owner_kind" text collate "C" not null, "owner_id" text collate "C" not null, "provider" text collate "C" not null, "name" text collate "C" not null, "code" text collate "C", "description" text collate "C" not null, "search" text collate "C" not null, "name_order" text collate "C" not null, "field_values" text collate "C" not null, "secret" bytea not null, "status" text collate "C" not null, "checked_at" bigint, "expires_at" bigint, "last_used_at" bigint, "created_at" bigint not null, "updated_at" bigint not null, "version" integer not null, constraint "provider_token_owner" check (owner_kind in ('user', 'organization')));
create index "provider_token_page" on "public"."provider_token" ("owner_kind", "owner_id", "created_at", "id");
create unique index "provider_token_code" on "public"."provider_token" ("owner_kind", "owner_id", "code") where "code" is not null;
create table "public"."api_key" ("id" text collate "C" primary key, "owner_kind" text collate "C" not null, "owner_id" text collate "C" not null, "name" text collate "C" not null, "description" text collate "C" not null, "search" text collate "C" not null, "name_order" text collate "C" not null, "module" text collate "C", "hash" text collate "C" not null, "masked_value" text collate "C" not null, "created_at" bigint not null, "created_by" text collate "C" not null, "created_by_name" text collate "C" not null, "expires_at" bigint, "expires_on" text collate "C", "last_used_at" bigint, "revoked_at" bigint, "revocation_reason" text collate "C", "rotated_from" text collate "C", "rotated_to" text collate "C", "version" integer not null, constraint "api_key_owner" check (owner_kind in ('user', 'organization')));
create index "api_key_page" on "public"."api_key" ("owner_kind", "owner_id", "created_at", "id");
create table "public"."minting" ("tag" text collate "C" primary key, "api_key_id" text collate "C" not null, "fingerprint" text collate "C" not null, "sealed" bytea, "remains" text collate "C", "created_at" bigint not null);
create index "minting_api_key" on "public"."minting" ("api_key_id");
create index "minting_age" on "public"."minting" ("created_at");
create table "public"."activity" ("id" text collate "C" primary key, "at" bigint not null, "action" text collate "C" not null, "outcome" text collate "C" not null, "actor_kind" text collate "C" not null, "actor_id" text collate "C", "actor_name" text collate "C", "owner_kind" text collate "C", "owner_id" text collate "C", "subject_id" text collate "C", "detail" text collate "C" not null, "source" text collate "C" not null, "request_id" text collate "C" not null);
create index "activity_page" on "public"."activity" ("owner_kind", "owner_id", "at", "id");

-- 0002_sorted_api_keys
create index "api_key_by_name" on "public"."api_key" ("owner_kind", "owner_id", "name_order", "id");
create index "api_key_by_expires_at_asc" on "public"."api_key" ("owner_kind", "owner_id", coalesce("expires_at", 8640000000000001), "id");
create index "api_key_by_expires_at_desc" on "public"."api_key" ("owner_kind", "owner_id", coalesce("expires_at", -8640000000000001), "id");
create index "api_key_by_last_used_at_asc" on "public"."api_key" ("owner_kind", "owner_id", coalesce("last_used_at", 8640000000000001), "id");
create index "api_key_by_last_used_at_desc" on "public"."api_key" ("owner_kind", "owner_id", coalesce("last_used_at", -8640000000000001), "id");

-- 0003_avatars
alter table "public"."person" add column "avatar_version" integer;
create table "public"."avatar" ("person_id" text collate "C" primary key references "public"."person" ("id") on delete cascade, "media_type" text collate "C" not null, "bytes" bytea not null);

-- 0004_administration
alter table "public"."person" add column "name_order" text collate "C" default '' not null;
select "id", "first_name" as "first", "last_name" as "last", "login_name" as "login", "email" from "public"."person";
update "public"."person" set "name_order" = $1 where "id" = $2; -- ["angela zizka","accents"]
update "public"."person" set "name_order" = $1 where "id" = $2; -- ["login","blank"]
update "public"."person" set "name_order" = $1 where "id" = $2; -- ["c@example.com","email"]
update "public"."person" set "name_order" = $1 where "id" = $2; -- ["id","id"]
update "public"."person" set "name_order" = $1 where "id" = $2; -- ["👩‍🚀 xy","emoji"]
create index "api_key_all_by_created_at" on "public"."api_key" ("created_at", "id");
create index "api_key_all_by_name" on "public"."api_key" ("name_order", "id");
create index "api_key_all_by_expires_at_asc" on "public"."api_key" (coalesce("expires_at", 8640000000000001), "id");
create index "api_key_all_by_expires_at_desc" on "public"."api_key" (coalesce("expires_at", -8640000000000001), "id");
create index "api_key_all_by_last_used_at_asc" on "public"."api_key" (coalesce("last_used_at", 8640000000000001), "id");
create index "api_key_all_by_last_used_at_desc" on "public"."api_key" (coalesce("last_used_at", -8640000000000001), "id");
alter table "public"."activity" add column "subject_name" text collate "C";
alter table "public"."activity" add column "search" text collate "C" default '' not null;
create index "activity_of_actor" on "public"."activity" ("actor_kind", "actor_id", "at", "id");

-- 0005_notifications
create table "public"."notification_settings" ("user_id" text collate "C" primary key, "email" text collate "C", "enabled" integer not null, "declined" text collate "C" not null, "locale" text collate "C" not null, "version" integer not null, constraint "notification_settings_enabled" check (enabled in (0, 1)));
create table "public"."published_event" ("id" text collate "C" primary key, "at" bigint not null);
create index "published_event_age" on "public"."published_event" ("at");
create table "public"."mail" ("id" text collate "C" primary key, "message_id" text collate "C" not null, "occasion" text collate "C" not null, "user_id" text collate "C" not null, "contents" text collate "C" not null, "state" text collate "C" not null, "attempts" integer not null, "next_attempt_at" bigint not null, "created_at" bigint not null, "settled_at" bigint, constraint "mail_once" unique ("occasion", "user_id"), constraint "mail_state" check (state in ('waiting', 'sent', 'refused', 'unwanted')));
create index "mail_due" on "public"."mail" ("state", "next_attempt_at", "id");
create index "mail_settled" on "public"."mail" ("settled_at");

-- 0006_shared_limits
create unlogged table "public"."rate_limit" ("key" text collate "C" primary key, "points" integer not null, "expire" bigint);
create index "rate_limit_age" on "public"."rate_limit" ("expire");

-- 0007_bounded_activity
alter table "public"."activity" add column "count" bigint default 1 not null;
alter table "public"."activity" add column "last_at" bigint;
alter table "public"."activity" add column "repeat_key" text collate "C";
create unique index "activity_repeat" on "public"."activity" ("repeat_key");
create index "activity_age" on "public"."activity" (coalesce(at, 0));
create index "api_key_ended_revoked_at" on "public"."api_key" ("revoked_at") where "revoked_at" is not null;
create index "api_key_ended_expires_at" on "public"."api_key" ("expires_at") where "expires_at" is not null;

-- 0008_claims
alter table "public"."person" add column "claims_at" bigint;

-- 0009_bounded_statements
create index "api_key_all_by_status" on "public"."api_key" ((case when revoked_at is not null then 8640000000000002 else -coalesce(expires_at, 8640000000000001) end), "id");
create index "api_key_ending" on "public"."api_key" ("expires_at", "id") where "expires_at" is not null and "revoked_at" is null and "rotated_to" is null;
create index "provider_token_ending" on "public"."provider_token" ("expires_at", "id") where "expires_at" is not null;
create index "provider_token_by_name" on "public"."provider_token" ("owner_kind", "owner_id", "name_order", "id");
create index "provider_token_by_updated_at" on "public"."provider_token" ("owner_kind", "owner_id", "updated_at", "id");
create index "membership_of_organization" on "public"."membership" ("organization_id", "user_id");
create index "owner_wrapped_by" on "public"."owner" ("wrapped_by", "kind", "id");
create index "minting_sealed" on "public"."minting" ("created_at") where "sealed" is not null;
create index "mail_waiting" on "public"."mail" ("created_at") where "state" = 'waiting';

-- 0010_last_used_from
alter table "public"."api_key" add column "last_used_address" text collate "C";
alter table "public"."api_key" add column "last_used_product" text collate "C";

-- 0011_time_zone
alter table "public"."notification_settings" add column "time_zone" text collate "C";

-- 0012_jobs
create table "public"."job" ("id" text collate "C" primary key, "kind" text collate "C" not null, "state" text collate "C" not null, "attempts" integer not null, "next_attempt_at" bigint not null, "created_at" bigint not null, "settled_at" bigint, constraint "job_state" check (state in ('waiting', 'done', 'refused')));
create index "job_due" on "public"."job" ("kind", "state", "next_attempt_at", "id");
