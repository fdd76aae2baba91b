"""Addresses of the bucket itself that are good for a minute: AWS Signature Version 4 in the query."""

import hashlib
import hmac
import os
from urllib.parse import quote, urlsplit

from extranet.core import clock
from extranet.storage import store

SECONDS = 60


def sign(sha256: str, disposition: str, mime: str) -> str:
    """Where the bucket hands out that file, saved under the name in `disposition`. obstore signs too, but cannot sign a name."""
    env = os.environ
    now = clock.now().strftime("%Y%m%dT%H%M%SZ")
    region = env.get("AWS_REGION") or env.get("AWS_DEFAULT_REGION") or "us-east-1"
    scope = f"{now[:8]}/{region}/s3/aws4_request"
    base = _base(region)
    path = f"{urlsplit(base).path}/{quote(store.key_of(sha256))}"
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{env.get('AWS_ACCESS_KEY_ID', '')}/{scope}",
        "X-Amz-Date": now,
        "X-Amz-Expires": str(SECONDS),
        "X-Amz-SignedHeaders": "host",
        "response-cache-control": "private, no-store",
        "response-content-disposition": disposition,
        "response-content-type": mime,
    }
    if token := env.get("AWS_SESSION_TOKEN"):
        query["X-Amz-Security-Token"] = token
    asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(query.items()))
    canonical = f"GET\n{path}\n{asked}\nhost:{urlsplit(base).netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{env.get('AWS_SECRET_ACCESS_KEY', '')}".encode()
    for part in (*scope.split("/"), text):
        key = hmac.digest(key, part.encode(), "sha256")
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}{path}?{asked}&X-Amz-Signature={key.hex()}"


def _base(region: str) -> str:
    """The bucket's address: below the endpoint that is set, else at AWS."""
    bucket = store.bucket()
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT")
    return f"{endpoint.rstrip('/')}/{bucket}" if endpoint else f"https://{bucket}.s3.{region}.amazonaws.com"
