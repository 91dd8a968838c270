# One image for web, worker and scheduler. Built twice over: packages first, so that code changes build fast.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 XDG_CACHE_HOME=/tmp

# The list of `portal/config/install/debian.py`; tests/config/test_compose.py compares the two.
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        libharfbuzz-subset0 \
        fonts-morisawa-bizud-gothic \
        fonts-noto-cjk \
        fonts-noto-core \
        fonts-ipamj-mincho \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/portal
COPY requirements.txt .
RUN pip install --require-hashes --only-binary :all: -r requirements.txt

COPY . .
# Catalogues and static files are part of the image; the settings named here exist only during the build.
RUN python -c "from portal.ui.locale.compile import compile_catalogues; compile_catalogues()" \
    && python manage.py collectstatic --noinput --settings portal.config.settings.build \
    && useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /srv/files

ENV PORTAL_ENV=prod HOST=0.0.0.0 PORT=8000 STORAGE=/srv/files
USER 10001
VOLUME /srv/files
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s CMD ["python", "-m", "portal.config.probe", "web"]
CMD ["python", "-m", "portal.config.serve", "web"]
