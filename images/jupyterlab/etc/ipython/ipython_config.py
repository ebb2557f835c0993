"""Settings for notebooks and IPython on the edge node. IPython reads a user's ~/.ipython later."""

c = get_config()  # noqa: F821  IPython defines it
c.InteractiveShellApp.extensions.extend(["sparkcluster_memory", "sparkcluster_pip"])
