//! A chart's archive: gzip around tar, from who knows where.

use std::io::{self, Read};

use flate2::read::GzDecoder;
use stackwright::Error;
use tar::EntryType;

use super::chart::Files;

/// A chart that unpacks to more is none: the largest that people publish have a tenth of it.
const MOST_BYTES: u64 = 100 << 20;
const MOST_FILES: usize = 20_000;

/// The files of the chart in an archive, by their paths in the chart's folder.
pub fn files(place: &str, bytes: &[u8]) -> Result<Files, Error> {
    let broken = |error: io::Error| {
        let message = format!("{place} is no chart's archive: {}", error.to_string().trim_end_matches('.'));
        Error::new(message, "pull it again: it is cut off, or no `.tgz` at all")
    };
    let too_large = || {
        let message = format!("{place} unpacks to more than a chart holds: 100 MiB or 20000 files");
        Error::new(message, "don't use it: no chart needs that, and some archives are made to fill a disk")
    };
    let mut archive = tar::Archive::new(GzDecoder::new(bytes).take(MOST_BYTES));
    let mut files = Files::new();
    let (mut folder, mut read) = (None, 0);
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).trim_start_matches("./").to_owned();
        let kind = entry.header().entry_type();
        if matches!(kind, EntryType::Directory | EntryType::XGlobalHeader) {
            continue;
        }
        // It stays in memory, and yet: an archive that tries is not to be trusted in the rest either.
        let is_inside =
            path.split('/').all(|part| !part.is_empty() && part != "." && part != "..") && !path.contains('\\');
        let mut is_own = |top: &str| folder.get_or_insert_with(|| top.to_owned()) == top;
        let inner = path.split_once('/').filter(|(top, _)| is_inside && is_own(top)).map(|(_, inner)| inner.to_owned());
        let (Some(inner), true) = (inner, matches!(kind, EntryType::Regular | EntryType::Continuous)) else {
            let message = format!("{place} holds `{}`, which is no file in the chart's folder", path.escape_debug());
            return Err(Error::new(
                message,
                "don't use it: Helm's own archives hold no links, and no paths that lead out",
            ));
        };
        if entry.size() > MOST_BYTES - read || files.len() >= MOST_FILES {
            return Err(too_large());
        }
        let mut content = Vec::new();
        read += entry.read_to_end(&mut content).map_err(broken)? as u64;
        files.insert(inner, content);
    }
    Ok(files)
}
