//! YAML that every reader reads the same.

/// Why a value could not be written.
pub type Error = serde_json::Error;

/// Appends a value to `out` as one document (JSON, which is YAML, until the emitter lands).
///
/// # Errors
/// When the value cannot be written.
pub fn write<T: serde::Serialize + ?Sized>(out: &mut String, value: &T) -> Result<(), Error> {
    out.push_str(&serde_json::to_string_pretty(value)?);
    out.push('\n');
    Ok(())
}
