"""The peer of the playground: the same page as one first writes it.

Streamlit, scikit-learn and two Plotly contour figures of 200 × 200, and nothing cached. A button stands
for the stroke of the pen: it adds sixteen points. `streamlit run benchmarks/plain_page.py` shows it.
"""

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from scipy.special import logsumexp
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.mixture import GaussianMixture

st.set_page_config(page_title="A plain page", layout="wide")
st.title("A function and a distribution")

strokes = st.session_state.setdefault("strokes", 0)
left, right = st.columns(2)
with left:
    if st.button("Add points", key="add"):
        strokes = st.session_state.strokes = strokes + 1
with right:
    percent = st.slider("Anomalies, the rarest", 0, 25, 0, format="%d %%", key="anomaly_quantile")

X, y = make_moons(400, noise=0.13, random_state=0)
X = 1.9 * (X - [0.5, 0.25])
if strokes:  # the latest stroke: always on top of the same 400
    rng = np.random.default_rng(strokes)
    X = np.vstack([X, rng.uniform(-3, 3, 2) + 0.25 * rng.normal(size=(16, 2))])
    y = np.append(y, np.zeros(16, dtype=int))

function = LogisticRegression().fit(X, y)
mixtures = [GaussianMixture(3, random_state=0).fit(X[y == label]) for label in (0, 1)]
priors = np.log([np.mean(y == label) for label in (0, 1)])


def log_density(points):
    return logsumexp([m.score_samples(points) + p for m, p in zip(mixtures, priors, strict=True)], axis=0)


axis = np.linspace(-4, 4, 200)
grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
probability = function.predict_proba(grid)[:, 1].reshape(200, 200)
density = np.exp(log_density(grid)).reshape(200, 200)
at_points = log_density(X)
strange = at_points < np.quantile(at_points, percent / 100)
marker = {"color": y, "line": {"width": 2 * strange, "color": "red"}}

columns = st.columns(2)
for column, name, z in zip(columns, ("p(y|x)", "p(x)"), (probability, density), strict=True):
    figure = go.Figure()
    figure.add_trace(go.Contour(x=axis, y=axis, z=z, showscale=False))
    figure.add_trace(go.Scatter(x=X[:, 0], y=X[:, 1], mode="markers", marker=marker))
    # The title tells the benchmark what is drawn.
    figure.update_layout(title=f"{name} after {strokes} strokes, {percent} % rare", height=600)
    column.plotly_chart(figure)
