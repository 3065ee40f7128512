//! Volumes, and what they lie on.

mod claim_access_mode;
mod claims;
mod config_file_as_directory;
mod data_not_on_volume;
mod disk_overcommit;
mod export_on_root_disk;
mod exports;
mod mount_hides_program;
mod nfs_env_volume_mismatch;
mod nfs_export;
mod nfs_server_unknown;
mod pv_claim_mismatch;
mod pv_hostpath_unpinned;
mod rwo_rolling_update;
mod rwo_shared;
mod size;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    nfs_server_unknown::CHECK,
    nfs_env_volume_mismatch::CHECK,
    nfs_export::CHECK,
    export_on_root_disk::CHECK,
    pv_hostpath_unpinned::CHECK,
    rwo_shared::CHECK,
    rwo_rolling_update::CHECK,
    pv_claim_mismatch::CHECK,
    claim_access_mode::CHECK,
    disk_overcommit::CHECK,
    data_not_on_volume::CHECK,
    config_file_as_directory::CHECK,
    mount_hides_program::CHECK,
];
