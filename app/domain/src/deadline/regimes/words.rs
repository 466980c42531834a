//! The words of the table.

super::super::words! {
    /// What the customer relies on.
    ClaimKind {
        /// The goods are not as agreed: the law's own rights.
        Nonconformity = "nonconformity",
        /// What a guarantor promised beyond the law.
        CommercialGuarantee = "commercial_guarantee",
        /// Regret within the cooling-off period.
        Withdrawal = "withdrawal",
        /// Digital content and services.
        Digital = "digital",
        /// A product or service that is not accessible.
        Accessibility = "accessibility",
        /// Damaged on the way to the customer.
        Transit = "transit",
    }

    /// Who bought.
    CustomerKind {
        Consumer = "consumer",
        /// Buys for the firm, but outside its trade (PL upk art. 7aa).
        SoleTrader = "sole_trader",
        Business = "business",
    }

    /// What was bought, as far as a law tells it apart.
    GoodsKind {
        Ordinary = "ordinary",
        /// Meant to last substantially longer than two years (NO fkjl § 27).
        Durable = "durable",
        /// A live animal.
        Animal = "animal",
    }

    /// What is counted.
    ClockKind {
        /// Until when the seller answers for the goods.
        GuaranteeEnd = "guarantee_end",
        /// Until when a defect that shows is taken to have been there at delivery.
        PresumptionEnd = "presumption_end",
        /// What a customer always has to tell of a defect.
        NoticeMin = "notice_min",
        /// The trader's answer to the complaint.
        Reply = "reply",
        /// Repair or replacement within reasonable time.
        Remedy = "remedy",
        Refund = "refund",
        GuarantorPerform = "guarantor_perform",
        /// The guarantee does not end before this day.
        LimitationFloor = "limitation_floor",
        /// The guarantee, longer by a repair.
        Extension = "extension",
        /// The guarantee, begun anew with other goods.
        ReplacementRestart = "replacement_restart",
        /// The same defect again, after the guarantee.
        SameDefect = "same_defect",
        AccessibilityReply = "accessibility_reply",
        AccessibilityFix = "accessibility_fix",
        /// Until when the customer may withdraw from the purchase.
        WithdrawalEnd = "withdrawal_end",
        /// Our own claim against the supplier ends.
        Recourse = "recourse",
        /// Our own claim against the supplier does not end before this day.
        RecourseFloor = "recourse_floor",
        /// The shortest time to keep something: never a permission to keep it longer.
        Retention = "retention",
    }

    /// What happens when nobody has done in time what a clock asks for.
    Consequence {
        DeemedAccepted = "deemed_accepted",
        DeemedAdrConsent = "deemed_adr_consent",
        /// The customer may go on to a price reduction or to the money back.
        RemedyEscalates = "remedy_escalates",
        Interest = "interest",
        NoneFixed = "none_fixed",
    }

    /// The event from which a clock counts.
    Start {
        Contract = "contract",
        Delivered = "delivered",
        /// The complaint, or the withdrawal, reached the seller's side for the first time.
        Received = "received",
        /// The last day of use that the trader named.
        BestBefore = "best_before",
        /// The defect first showed.
        Discovered = "discovered",
        /// The same defect was complained of for the first time.
        FirstNotice = "first_notice",
        /// The complaint was accepted, or is taken to be.
        Accepted = "accepted",
        /// The guarantor got the goods.
        GoodsReceived = "goods_received",
        /// The seller got the goods back, or proof that they are on their way; the earlier of the two.
        GoodsReturned = "goods_returned",
        /// The customer said that they want a price reduction.
        PriceCutClaimed = "price_cut_claimed",
        /// The first repair was done; counts on from the end of the guarantee.
        Repaired = "repaired",
        /// Repaired or replaced goods were handed back; the last time.
        HandedBack = "handed_back",
        Replaced = "replaced",
        /// Replaced, or repaired substantially.
        Renewed = "renewed",
        /// The buyer's claims were met.
        Satisfied = "satisfied",
        Settled = "settled",
        /// The guarantee ended or the case was settled; the later of the two.
        GuaranteeOrSettled = "guarantee_or_settled",
    }

    /// What must be so beside it for a row to hold.
    Condition {
        /// Bought anywhere but in the shop.
        AwayFromShop = "away_from_shop",
        Distance = "distance",
        HomeVisit = "home_visit",
        /// Told of the right to withdraw.
        Informed = "informed",
        Uninformed = "uninformed",
        Simple = "simple",
        Complex = "complex",
    }

    /// What is kept.
    DataClass {
        ComplaintDocuments = "complaint_documents",
        Correspondence = "correspondence",
        Books = "books",
        /// Until when somebody may still sue.
        Claims = "claims",
    }

    /// How well a row is known.
    Mark {
        /// The statute's text was read in a version near today's.
        Statute = "statute",
        /// A page of the state or of an authority says so.
        Authority = "authority",
        /// Somebody else's page says so: a law firm, a news site, another project.
        Secondary = "secondary",
        /// From memory, or an old text; nobody looked it up.
        Unread = "unread",
        /// A guess, or an act that was heard of and not found.
        Guess = "guess",
    }

    /// Customers are shown nothing unconfirmed.
    Status { Confirmed = "confirmed", Unconfirmed = "unconfirmed" }

    /// What must be said or given at a certain moment, beside all periods.
    DutyKind {
        /// Before a remedy: the customer chooses, and a repair makes the guarantee longer (2024/1799).
        RepairNotice = "repair_notice",
        /// Before an examination: it may cost something where there is no defect (NO fkjl § 30).
        FeeWarning = "fee_warning",
        /// With a rejection: whether we take part in ADR, and the body that would do it.
        AdrStatement = "adr_statement",
        /// The answer is on paper or another durable medium.
        DurableMedium = "durable_medium",
    }

    /// When a duty falls due.
    Moment {
        Receipt = "receipt",
        BeforeRepair = "before_repair",
        WithRejection = "with_rejection",
        WithReply = "with_reply",
    }
}
