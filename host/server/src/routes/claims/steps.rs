//! How a procedure's commands become operations: each is one path below its claim, with a body of its own.

/// Makes one handler for each command of a procedure: its words for the document, its name, the end of its
/// path, its body, and how body and host become something that implements `Carry`.
macro_rules! steps {
    ($($(#[doc = $doc:literal])+ $name:ident $path:literal $body:ident => |$given:ident, $app:ident| $order:expr;)*) => {$(
        $(#[doc = $doc])+
        #[utoipa::path(
            post,
            path = concat!("/v1/tickets/{ticket}/claims/{claim}/", $path),
            tag = "procedures",
            params(
                ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
                ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
            ),
            request_body = $body,
            responses(
                (status = 200, description = "The ticket after the command", body = $crate::views::ticket::TicketView),
                $crate::http::openapi::Problems,
            )
        )]
        async fn $name(
            axum::extract::State($app): axum::extract::State<$crate::app::App>,
            caller: $crate::http::auth::May<$crate::http::auth::TicketsWrite>,
            $crate::http::ids::Ids(ids): $crate::http::ids::Ids<(
                sanbao_domain::ids::TicketId,
                sanbao_domain::ids::ClaimId,
            )>,
            lang: $crate::http::language::Lang,
            if_match: $crate::http::ids::IfMatch,
            post: $crate::http::post::Post<$body>,
        ) -> $crate::http::reply::Answer {
            let $given = post.body;
            let order = $order;
            $crate::services::tickets::command::give(&$app, &caller, lang.0, ids, if_match, &post.once, order).await
        }
    )*};
}
pub(super) use steps;
