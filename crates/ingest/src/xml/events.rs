//! What stands in an XML document, piece by piece.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

/// A piece of a document.
pub(crate) enum Piece<'t> {
    Start(Tag<'t>),
    /// The end of an element: its name, and where the text behind it begins.
    End(&'t str, usize),
    /// Text in which references are resolved elsewhere.
    Text(Cow<'t, str>),
    /// A reference to a character or an entity, by its name.
    Reference(Cow<'t, str>),
}

/// The beginning of an element.
pub(crate) struct Tag<'t> {
    /// Where it stands.
    pub(crate) at: usize,
    pub(crate) name: &'t str,
    /// Name and attributes.
    content: &'t str,
}

impl<'t> Tag<'t> {
    /// The attributes as they are written, those that only name schemas left out.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> + use<'t> {
        const TECHNICAL: [&str; 4] = ["xmlns", "xsi:schemaLocation", "xsi:noNamespaceSchemaLocation", "xsi:nil"];
        let mut attributes = Attributes::new(self.content, self.name.len());
        attributes.with_checks(false);
        let named = attributes.filter_map(Result::ok).map(|attribute| (attribute.key.into_inner(), attribute.value));
        named.filter(|(name, _)| !TECHNICAL.contains(name) && !name.starts_with("xmlns:"))
    }
}

/// Shows the pieces of a document in order. An entity is never expanded.
///
/// # Errors
/// Where the document is not well-formed: an element has no end or another's, or text stands outside of any.
pub(crate) fn walk<'t>(text: &'t str, mut take: impl FnMut(Piece<'t>)) -> Result<(), usize> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let (mut open, mut elements) = (Vec::new(), 0_u64);
    loop {
        let at = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| reader.error_position() as usize)?;
        match event {
            Event::Start(start) => {
                if open.is_empty() && elements > 0 {
                    return Err(at);
                }
                elements += 1;
                let content = text.get(at + 1..at + 1 + start.len()).unwrap_or_default();
                let name = content.get(..start.name().into_inner().len()).unwrap_or_default();
                open.push(name);
                take(Piece::Start(Tag { at, name, content }));
            }
            Event::End(_) => {
                let name = open.pop().unwrap_or_default();
                take(Piece::End(name, reader.buffer_position() as usize));
            }
            Event::Text(piece) if open.is_empty() => {
                if !piece.trim().is_empty() {
                    return Err(at);
                }
            }
            Event::Text(piece) => take(Piece::Text(piece.into_inner())),
            Event::CData(piece) if !open.is_empty() => take(Piece::Text(piece.into_inner())),
            Event::GeneralRef(name) if !open.is_empty() => take(Piece::Reference(name.into_inner())),
            Event::CData(_) | Event::GeneralRef(_) => return Err(at),
            Event::Eof if !open.is_empty() || elements == 0 => return Err(text.len()),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}
