//! The lighting maker's 50 rules towards its dealers, and the readings that settle what they leave open.

sanbao_kit::rules! {
    provisions {
        LGT_01 = "LGT-01": "适用范围" / "Scope",
            "本政策适用于本公司产品的售后服务。" / "This policy applies to after-sales service of the company's products.";
        LGT_02 = "LGT-02": "适用对象" / "Who is bound",
            "本政策适用于本品牌的所有经销商，包括分经销商和特约经销商。" /
            "This policy binds all dealers of the brand, including sub-dealers and specially appointed dealers.";
        LGT_03 = "LGT-03": "两级服务" / "Two tiers",
            "厂家按本政策服务经销商，消费者由经销商服务。" /
            "The maker serves the dealers under this policy; the dealer serves the consumer.";
        LGT_04 = "LGT-04": "灯具保修三年" / "Lamps: 3 years",
            "除硬灯条外，照明产品保修三年。" / "Lighting products other than rigid light bars have a warranty of 3 years.";
        LGT_05 = "LGT-05": "硬灯条保修两年" / "Rigid light bars: 2 years",
            "硬灯条保修两年。" / "Rigid light bars have a warranty of 2 years.";
        LGT_06 = "LGT-06": "自出厂之日起算" / "Counted from the ex-factory date",
            "保修期自生产出厂日期起计算。" / "The warranty is counted from the ex-factory date.";
        LGT_07 = "LGT-07": "消费者自购买之日起算" / "Consumers: counted from the sale",
            "对消费者，以购买凭证或销售日期标识为准。" /
            "Towards a consumer, the purchase proof or the sale-date mark sets the date.";
        LGT_08 = "LGT-08": "无凭证者自生产日期起算" / "Without proof: counted from production",
            "消费者既无购买凭证又无销售日期标识的，自生产日期起计算。" /
            "A consumer with neither purchase proof nor sale-date mark counts from the production date.";
        LGT_09 = "LGT-09": "对经销商" / "Towards a dealer",
            "对经销商，自出厂日期起三年内，公司对其退回的产品予以维修或酌情更换。" /
            "Towards a dealer, the company repairs returned goods within 3 years from the ex-factory date, or replaces them at its discretion.";
        LGT_10 = "LGT-10": "卷标被撕毁或涂改" / "Label torn off or altered",
            "产品卷标被擅自撕毁或涂改的，公司可以拒绝售后服务。" /
            "The company may refuse after-sales service when the product's label was torn off or altered without authority.";
        LGT_11 = "LGT-11": "保修期内的质量问题" / "Quality problem within the warranty",
            "保修期内出现的质量问题，属于理赔范围。" / "A quality problem that arises within the warranty period is covered.";
        LGT_12 = "LGT-12": "开箱即不能使用" / "Unusable on opening",
            "开箱时发现因质量问题不能使用的，属于理赔范围。" /
            "Goods found on opening the box to be unusable because of a quality problem are covered.";
        LGT_13 = "LGT-13": "安装前发现锈蚀、变色、变形、破损" / "Damage found before installation",
            "开箱后、安装前发现锈蚀、变色、变形或破损的（如灯管、面板框损坏），属于理赔范围。" /
            "Goods found rusted, discoloured, deformed or broken after opening and before installation are covered (a fluorescent tube or a panel frame, for instance).";
        LGT_14 = "LGT-14": "与订单要求不符" / "Not as ordered",
            "与订单标准或要求不符的，须在收货后24小时内、产品未使用时发现，并立即填写《客诉质量异常联络单》或拍照报订单部备案。" /
            "Goods that do not conform to the order must be found so within 24 hours of receipt and unused, and be reported at once to the order department by the Quality Anomaly Contact Form or photographs.";
        LGT_15 = "LGT-15": "运输中大面积损坏" / "Large-scale breakage in transit",
            "光源部分在运输中大面积损坏的，由客户向托运公司索赔；人为损坏公司不予赔付。" /
            "When light-source parts are broken on a large scale in transit, the customer claims from the carrier; the company does not pay for man-made breakage.";
        LGT_16 = "LGT-16": "公司发错货" / "The company's own error",
            "因公司下错单、发错货且未拆包装的，收货后两天内报订单部的，无条件更换或冲帐；逾期视为默认。" /
            "Goods entered or sent wrongly by the company and never unpacked are exchanged or credited unconditionally if the order department is told within 2 days of receipt; after that the delivery is deemed accepted.";
        LGT_17 = "LGT-17": "先解决客户的问题" / "The customer first",
            "出现任何问题，先搁置与经销商的争议，解决客户的问题；往返运费由厂家垫付。" /
            "Whatever the problem, the dispute with the dealer is set aside and the customer's problem solved first; the maker advances the freight both ways.";
        LGT_18 = "LGT-18": "安装或使用不当" / "Improper installation or use",
            "安装或使用不当（如输入输出接线错误、未按说明书使用）的，不属于保修范围。" /
            "Improper installation or use (terminals wired wrongly, the manual not followed) is not covered.";
        LGT_19 = "LGT-19": "使用环境不当" / "Unsuitable environment",
            "电压不稳、过压、过载、短路等使用环境造成的损坏，不属于保修范围。" /
            "Damage by unstable voltage, over-voltage, overload or short circuit is not covered.";
        LGT_20 = "LGT-20": "不可抗力" / "Force majeure",
            "水灾、火灾、地震、雷击等不可抗力造成的损坏，不属于保修范围。" /
            "Damage by flood, fire, earthquake or lightning is not covered.";
        LGT_21 = "LGT-21": "保管或搬运不善" / "Bad storage or handling",
            "保管或搬运不善（跌落、重压、堆放过高）造成锈蚀、变形或破损的，不属于保修范围。" /
            "Rust, deformation or breakage by bad storage or handling (dropping, heavy pressure, over-stacking) is not covered.";
        LGT_22 = "LGT-22": "非本公司原配" / "Not the original set",
            "非本公司原配套产品（如本公司光源与其他厂家电器配用）的，不属于保修范围。" /
            "Products that are not the company's original set, such as its light source with another maker's electronics, are not covered.";
        LGT_23 = "LGT-23": "擅自拆改" / "Unauthorised modification",
            "擅自拆卸、改装或涂改合格证的，不属于保修范围。" /
            "Products that were dismantled or modified without authority, or whose certificate of conformity was altered, are not covered.";
        LGT_24 = "LGT-24": "检测正常的退回" / "Goods that work go back",
            "经检测工作正常的产品，退还返货单位。" / "Goods that test as working normally go back to the unit that returned them.";
        LGT_25 = "LGT-25": "返修返货审批" / "Approval of returns",
            "返修或返货须由客户申请、区域负责人审核、订单部批准后，方可寄回总部。" /
            "For any repair or return the customer applies, the regional manager reviews and the order department approves; only then may the goods be sent to headquarters.";
        LGT_26 = "LGT-26": "分销商返货" / "Returns by distributors",
            "分销商返货由区域负责人批准，返回代理商，不返总部。" /
            "A distributor's return is approved by the regional manager alone and goes to its agent, not to headquarters.";
        LGT_27 = "LGT-27": "未经批准的返货" / "Unapproved returns",
            "未经区域负责人和公司批准返回的货物，不予处理。" /
            "Goods returned without the approval of the regional manager and the company are not processed.";
        LGT_28 = "LGT-28": "返货箱标识" / "Carton labels",
            "每箱返货须贴标签，注明收货单位、收货人、返货单位、总件数、箱号、件数及第几件。" /
            "Every returned carton carries a label with receiving unit, consignee, returning unit, total pieces, carton number, number of pieces and which piece it is.";
        LGT_29 = "LGT-29": "以公司清点为准" / "The company's count prevails",
            "返货按产品型号和实物数量处理，数量以公司清点为准。" /
            "Returned goods are processed by model and physical count; the company's own count prevails.";
        LGT_30 = "LGT-30": "人为破坏" / "Deliberate damage",
            "技术部门检测发现人为破坏的，对返货单位处以该批退货金额2倍以上的罚款。" /
            "When the technical department finds deliberate damage, the returning unit is fined at least 2 times the value of that return batch.";
        LGT_31 = "LGT-31": "情节严重" / "Serious cases",
            "情节严重的，直接取消经销商资格。" / "In serious cases the dealership is cancelled outright.";
        LGT_32 = "LGT-32": "不予退换的货物" / "Goods never taken back",
            "样品、已安装使用的产品、淘汰产品、特定产品、报废品以及与其他品牌组装的产品，除产品质量问题外，一律不予退换。" /
            "Samples, installed and used products, obsolete products, special products, scrapped goods and products assembled with other brands are never accepted for return or exchange, except for product quality problems.";
        LGT_33 = "LGT-33": "不接受整灯退货" / "No whole-lamp returns",
            "不接受整灯退货，只维修配件；因产品质量问题的除外。" /
            "Whole-lamp returns are not accepted and only parts are serviced, except where product quality is the cause.";
        LGT_34 = "LGT-34": "超出保修的不得返回" / "Out of warranty, nothing is sent back",
            "超出保修期或保证使用范围的货物不得返回。" /
            "Goods outside the warranty or the guaranteed use must not be sent back.";
        LGT_35 = "LGT-35": "返厂运费凭票报销" / "Freight reimbursed against receipts",
            "安全质量问题、有分析价值的不良品或公司需从市场召回复测的产品，寄回总部的运费凭票由公司报销。" /
            "The company reimburses, against receipts, the freight of sending to headquarters safety-quality problems, defects worth analysing, or products that it recalls for re-test.";
        LGT_36 = "LGT-36": "五个工作日内处理完毕" / "Handled within 5 working days",
            "公司收到返货后5个工作日内处理完毕。" /
            "The company finishes handling within 5 working days of receiving the return.";
        LGT_37 = "LGT-37": "运输异常记录" / "Transport anomaly record",
            "收货时发现丢失、短少或错货的，须由承运方在《产品运输异常记录表》上签字。" /
            "For loss, shortage or wrong goods at receipt, the carrier signs the Product Transport Anomaly Record.";
        LGT_38 = "LGT-38": "找不到责任单位" / "No liable unit found",
            "找不到责任单位的，须在收货后2个工作日内将货物单据报订单部查询；逾期不予受理，损失由收货方承担。" /
            "If no liable unit is found, the goods documents go to the order department within 2 working days of receipt for investigation; later is not accepted and the receiver bears the loss.";
        LGT_39 = "LGT-39": "运输损坏的退货" / "Returns for transit damage",
            "运输损坏的，须明确责任单位并出具签字的异常记录，方可退货。" /
            "For transit damage a return is allowed only if the liable unit is identified and the signed anomaly record is produced.";
        LGT_40 = "LGT-40": "向承运方索赔" / "Claim from the carrier",
            "运输中大面积损坏的，由客户向托运公司索赔。" /
            "For large-scale breakage in transit the customer claims from the carrier.";
        LGT_42 = "LGT-42": "验收时外观异常" / "Damage in appearance at acceptance",
            "验收时发现外观变形、异常或损坏，由责任人签字并将单据传真至订单部的，全额冲帐或更换。" /
            "Deformation, abnormality or damage in appearance at acceptance, signed by the responsible person and with the documents faxed to the order department, is credited in full or exchanged.";
        LGT_43 = "LGT-43": "停产产品备件" / "Parts of discontinued products",
            "产品停产后，光源和电器配件按保修期备货：电器配件三年，硬灯条两年。" /
            "After a product is discontinued, light sources and electronic parts are kept for the warranty length: electronic parts 3 years, rigid light bars 2 years.";
        LGT_44 = "LGT-44": "周转库存" / "Revolving stock",
            "经销商须备有公司要求的售后周转库存。" /
            "Dealers hold the revolving after-sales parts stock that the company requires.";
        LGT_45 = "LGT-45": "无备件或未及时申请" / "No parts, or a late application",
            "因经销商或办事处无备件，或未及时向客户服务部申请，导致客户要求整灯更换或冲帐的，由经销商承担。" /
            "If a customer demands whole-lamp exchange or credit because the dealer or branch had no parts or did not apply to the customer service department in time, the dealer bears it.";
        LGT_46 = "LGT-46": "维修至新品标准" / "Repaired to new standard",
            "返修品可维修至新品质量标准（仅限电器配件）。" /
            "Repaired goods may be repaired to the quality standard of new products (electronic parts only).";
        LGT_47 = "LGT-47": "维修品只作替换" / "Repaired parts only replace",
            "维修后的电器配件视为良品用于替换，经销商不得作为良品再次销售，只能替换不良品。" /
            "Repaired electronic parts count as good for replacement; the dealer must not sell them as good stock, only use them to replace defectives.";
        LGT_48 = "LGT-48": "工程批量用灯" / "Project batches",
            "服务范围内的工程性批量用灯，电器配件全部维修或更换。" /
            "For project batch lighting within the service scope, electronic parts are all repaired or replaced.";
        LGT_49 = "LGT-49": "只保证照明功能" / "The lighting function only",
            "灯具维修只保证照明功能，不保证外观。" /
            "The repair of a lamp guarantees the lighting function only, not the appearance.";
        LGT_50 = "LGT-50": "保修期外收费维修" / "Charged repair out of warranty",
            "保修期外先判断能否维修，能维修的收取维修费。" /
            "Out of warranty it is judged first whether the product can be repaired; if so, the repair fee is charged.";
    }
    readings {
        LGT_R1 = "LGT-R1": "谁索赔决定起算日" / "The claimant decides the starting day",
            "第6条是一般规定：消费者按购买凭证，无凭证按生产日期；经销商按出厂日期。" /
            "Rule 6 is the general one: a consumer counts from the purchase proof, or else from production; a dealer from the ex-factory date, whatever proof of sale it has.";
        LGT_R2 = "LGT-R2": "经销商的硬灯条也按三年" / "Light bars of dealers: 3 years too",
            "第9条对经销商没有把硬灯条列为例外，条款不明按不利于制定者解释：三年。" /
            "Rule 9 names no exception for light bars towards dealers, and what is unclear is read against its author: 3 years.";
        LGT_R3 = "LGT-R3": "“两天”与“2个工作日”" / "2 days and 2 working days",
            "第16条的两天是自然日，第38条的2个工作日按公司的工作日历计算；收货当天为第零天。" /
            "The 2 days of rule 16 are calendar days, the 2 working days of rule 38 those of the company's calendar; the day of receipt is day 0.";
        LGT_R4 = "LGT-R4": "罚款不设上限" / "The fine has no upper bound",
            "“2倍以上”只规定下限，上限由批准罚款的人决定。" /
            "'At least 2 times' sets the lower bound only; whoever confirms the fine decides how much more.";
        LGT_R5 = "LGT-R5": "何为情节严重" / "What counts as serious",
            "检测人认定严重，或同一返货单位再次发生的，为情节严重。" /
            "A case is serious when the inspector finds it so, or when the same returning unit does it again.";
        LGT_R6 = "LGT-R6": "何为大面积损坏" / "How large scale is measured",
            "损坏件数达到该次到货件数的约定比例（启用政策时设定，默认百分之十）为大面积损坏。" /
            "Breakage is on a large scale when the broken pieces reach the agreed share of the delivery (a setting, 10 per cent unless chosen otherwise).";
        LGT_R7 = "LGT-R7": "开箱发现的质量问题无须未拆封" / "Quality problems found on opening",
            "只有公司发错货才要求未拆包装；开箱后发现的质量问题按第12、13条处理，两者不冲突。" /
            "Only the company's own error asks for an unopened package; quality problems found on opening go by rules 12 and 13. The causes differ, so there is no conflict.";
        LGT_R8 = "LGT-R8": "已使用产品的质量问题" / "Quality problems of used goods",
            "第32条不排除产品质量问题：保修期内已安装使用的灯具因质量问题仍可理赔。" /
            "Rule 32 does not reach product quality problems: a lamp that was installed and used stays eligible within its warranty.";
        LGT_R9 = "LGT-R9": "原因未明视为质量问题" / "An unknown cause counts as a quality problem",
            "尚未检测的，先按质量问题处理，以技术部门检测为准；整灯更换须待确认。" /
            "As long as nothing was inspected, a reported fault counts as a quality problem until the technical department finds otherwise; a whole lamp is replaced only after that.";
        LGT_R10 = "LGT-R10": "垫付与报销" / "Advanced and reimbursed freight",
            "往返运费先由厂家垫付；第35条所列情形，寄往总部的运费凭票报销，由厂家最终承担。" /
            "The maker advances the freight of every covered claim; in the cases of rule 35 it reimburses the way to headquarters against receipts, and so bears it in the end.";
        LGT_R11 = "LGT-R11": "保修期外就地维修" / "Charged repairs stay where they are",
            "第34条不许寄回、第50条可收费维修：收费维修由经销商就地进行。" /
            "Rule 34 forbids sending back what rule 50 lets be repaired for a fee: charged repairs are done at the dealer's.";
        LGT_R12 = "LGT-R12": "期限的计算" / "How the warranty is counted",
            "起算日为第零天，按日历的年计算；以报告问题的日期为准，而不是处理的日期。" /
            "The starting day is day 0 and years are calendar years; the day on which the problem was reported counts, not the day on which it is judged.";
        LGT_R13 = "LGT-R13": "顾客的其他损坏" / "Other damage by the customer",
            "顾客造成的其他损坏按使用不当处理；自然损耗不是质量问题。" /
            "Other damage by the customer counts as improper use, and ordinary wear is no quality problem.";
        LGT_R14 = "LGT-R14": "未说明的事实视为正常" / "What is not stated counts as in order",
            "没有说明的情况（卷标、包装、未使用、备案）视为正常，收货后核对。" /
            "Whatever is not stated (label, packaging, unused, reported on record) counts as in order and is checked when the goods arrive.";
        LGT_R15 = "LGT-R15": "与订单不符的处理办法" / "The remedy for goods not as ordered",
            "第14条没有规定处理办法，比照第16条更换或冲帐；消费者没有往来帐户，只能更换。" /
            "Rule 14 names no remedy: as in rule 16, the goods are exchanged or credited; a consumer has no account, so they are exchanged.";
        LGT_R16 = "LGT-R16": "何时收取维修费" / "When the repair fee is collected",
            "第50条没有规定何时收费：先报价，客户同意后维修，修好后收费。" /
            "Rule 50 does not say when: the fee is quoted first, the repair done if the customer agrees, and paid afterwards.";
        LGT_R17 = "LGT-R17": "光源备货的年限" / "How long light sources are kept",
            "“按保修期备货”：硬灯条的光源两年，其他灯具的光源三年。" /
            "Kept 'for the warranty length': light sources of rigid light bars 2 years, of other lamps 3.";
        LGT_R18 = "LGT-R18": "换下的旧件" / "Old parts",
            "只有电器配件可维修至新品标准，所以只有换下的电器配件须返回；其他旧件可以不返回。" /
            "Only electronic parts are repaired to new standard, so only those must come back when replaced; other old parts may stay.";
    }
    conduct {
        LGT_41 = "LGT-41": "核对单货" / "Checking goods against documents",
            "经销商或办事处收货时核对单据与实物。" /
            "The dealer or branch office checks documents against goods on receipt.", on [GoodsReceived];
    }
}
