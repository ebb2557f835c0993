"""JupyterLab's settings. The token comes from a file: an argument or a variable would show in the process list or `docker inspect`."""

import os
from pathlib import Path

c = get_config()  # noqa: F821  Jupyter defines it
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.port = int(os.environ.get("JUPYTER_PORT", "8888"))
c.ServerApp.port_retries = 0
c.ServerApp.root_dir = "/workspace"
c.ServerApp.allow_remote_access = True
c.ExtensionApp.open_browser = False
c.ServerApp.open_browser = False
c.ServerApp.use_redirect_file = False
c.IdentityProvider.token = Path(os.environ["JUPYTER_TOKEN_FILE"]).read_text(encoding="utf-8").strip()
# The trash would be in the container's own files, and deleting would copy files across volumes.
c.FileContentsManager.delete_to_trash = False
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.news_url = None
