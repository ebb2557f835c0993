"""Settings of every notebook and every IPython of the edge node. What a user has in ~/.ipython is read later."""

c = get_config()  # noqa: F821  IPython defines it
c.InteractiveShellApp.extensions.append("sparkcluster_memory")
