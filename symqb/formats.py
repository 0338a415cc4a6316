def text(f): return f"{f.left} = {f.right}"
