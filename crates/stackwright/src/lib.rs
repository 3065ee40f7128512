//! Typed Kubernetes clusters on your own machines.
