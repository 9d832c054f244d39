#!/bin/sh
# The image runs this once, when it makes the database. The application owns its tables and is no superuser, so that it
# cannot switch triggers off for a session, nor run programs. The superuser has no password afterwards: it is reached
# inside the container alone, by `docker compose exec database psql --username=keeper app`.
set -e
psql --no-psqlrc --set=ON_ERROR_STOP=1 --set=password="$POSTGRES_PASSWORD" --set=keeper="$POSTGRES_USER" \
  --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE app LOGIN PASSWORD :'password';
ALTER DATABASE app OWNER TO app;
ALTER ROLE :"keeper" PASSWORD NULL;
SQL
