//! The coach maker's 50 rules, and the readings that settle what they leave open.

sanbao_kit::rules! {
    provisions {
        BUS_03 = "BUS-03": "服务及时率" / "Timeliness",
            "服务及时率不低于90%。" / "At least 90 % of services are in time.";
        BUS_04 = "BUS-04": "用户满意度" / "Satisfaction",
            "用户满意度不低于85%。" / "At least 85 % of users are satisfied.";
        BUS_05 = "BUS-05": "用户抱怨率" / "Complaint rate",
            "用户抱怨率只计确属服务责任的抱怨，指标由公司确定。" /
            "The complaint rate counts only complaints that are truly the service's fault; the company sets the figure.";
        BUS_06 = "BUS-06": "100公里以内" / "Within 100 km",
            "车身故障，服务半径100公里以内，24小时内到达现场并处理。" /
            "Body fault within a radius of 100 km: on site and handling it within 24 hours.";
        BUS_07 = "BUS-07": "100公里以外或须联系配套厂家" / "Beyond 100 km, or a supplier is needed",
            "车身故障，超出100公里或须联系配套厂家的，12小时内答复用户。" /
            "Body fault beyond 100 km, or where a component supplier must be contacted: the user is answered within 12 hours.";
        BUS_08 = "BUS-08": "底盘、发动机故障" / "Chassis and engine faults",
            "底盘、发动机故障直接报到营销部的，服务组12小时内以书面形式联系处理。" /
            "A chassis or engine fault reported directly to the marketing department: the service group makes contact in writing within 12 hours.";
        BUS_09 = "BUS-09": "联系结果反馈用户" / "The result is fed back",
            "联系结果存档，并及时反馈给用户。" / "The contact's result is archived and promptly fed back to the user.";
        BUS_10 = "BUS-10": "执行三包规定" / "The three guarantees apply",
            "遵守法律和公司规章，执行公司三包规定，态度礼貌。" /
            "Service staff obey the law and the company's rules, apply its three guarantees, and are courteous.", on [Dispatched];
        BUS_11 = "BUS-11": "现场服务并如实记录" / "Service on site, truthfully recorded",
            "到现场了解车辆使用和故障情况，检查、分析原因，按规定维修，如实填写服务报告。" /
            "On site, learn the vehicle's use and fault, inspect it, analyse the cause, repair it by the rules and record it truthfully in the service report.", on [Arrived];
        BUS_12 = "BUS-12": "服务后用户签字" / "The user signs after the service",
            "服务完毕，由用户签字（盖章）认可。" / "After the service the user signs (stamps) approval.", on [Completed];
        BUS_13 = "BUS-13": "不得提前签字" / "No signature before the service",
            "禁止在服务之前要求用户签字。" / "Asking for the signature before the service is forbidden.";
        BUS_14 = "BUS-14": "伪造签字" / "Forged signature",
            "禁止涂改、伪造用户签字、盖章或意见，一经发现就地解聘。" /
            "Altering or forging the user's signature, stamp or comments is forbidden; whoever does is dismissed on the spot.";
        BUS_16 = "BUS-16": "不得收费" / "No fee",
            "不得以任何名义向用户收费；有偿服务须经领导同意，所收款项返回后全额上交，冲抵服务费用。" /
            "No fee is collected from the user on any pretext; paid service needs the leader's consent, and the money is handed in in full on return and offsets service expense.";
        BUS_17 = "BUS-17": "吃卡拿要" / "Soliciting",
            "向用户吃卡拿要的，就地解聘。" / "Whoever solicits meals, favours or goods is dismissed on the spot.";
        BUS_19 = "BUS-19": "接受任务" / "Receiving the order",
            "接受外出任务，办理手续。" / "Receive the field order and complete the formalities.", on [Dispatched];
        BUS_20 = "BUS-20": "了解任务" / "Knowing the task",
            "查阅资料，了解车型、数量、用户地址、电话和联系人。" /
            "Look up the data: coach model, number, the user's address, telephone and contact.", on [Dispatched];
        BUS_21 = "BUS-21": "服务报告和满意度调查表" / "Report and survey form",
            "准备服务报告和顾客满意度调查表。" / "Prepare the service report and the customer satisfaction survey form.", on [Dispatched];
        BUS_22 = "BUS-22": "两人以上设组长" / "Two or more: a leader",
            "两人以上外出，指定一人为临时负责人。" / "When two or more go out, one is appointed temporary leader.", on [Dispatched];
        BUS_23 = "BUS-23": "借款" / "Advance",
            "办理借款。" / "Draw an advance.", on [Dispatched];
        BUS_24 = "BUS-24": "联系用户，备好配件" / "Contact the user, carry parts",
            "联系用户，必要时联系服务站和配套厂家，问清故障，带上必须或可能用到的配件，弄清地点和交通。" /
            "Contact the user and, if needed, the service station and component supplier; ask the exact fault, carry parts that must or may be used, establish place and traffic.", on [Dispatched];
        BUS_26 = "BUS-26": "听" / "Listen",
            "询问使用时间、里程、使用情况和故障前后的情况，必须记录。" /
            "Hear and record the running time, mileage, use, and the circumstances before and after the fault.", on [Arrived];
        BUS_27 = "BUS-27": "看" / "Look",
            "核实车辆是否在三包期内，零件是否被拆动，记录使用时间和里程作为依据。" /
            "Verify that the vehicle is within the three guarantees and whether the part was dismantled; record running time and mileage as evidence.", on [Arrived];
        BUS_28 = "BUS-28": "查" / "Check",
            "检查故障件，找出真正原因。" / "Inspect the faulty part and find the true cause.", on [Arrived];
        BUS_29 = "BUS-29": "实事求是处理" / "Handle factually",
            "实事求是，分析原因和责任，与用户取得一致。" /
            "Handle factually, analyse cause and responsibility, and seek agreement with the user.", on [Inspected];
        BUS_30 = "BUS-30": "填写服务报告" / "The service report",
            "准确、清楚地填写服务报告，由用户签字；换件或赔偿须写明原因、零件名称和数量。" /
            "Fill in the service report accurately and legibly; the user signs it; a part replaced or a compensation states reason, part name and quantity.", on [Completed];
        BUS_31 = "BUS-31": "重大问题报领导" / "Major problems go to the leader",
            "重大问题连同自己的处理意见和用户要求立即报告领导。" /
            "A major problem is reported to the leader at once, with one's own proposal and the user's demand.";
        BUS_32 = "BUS-32": "旧件带回" / "Old parts come back",
            "换下的旧件妥善包装，及时带回。" / "Replaced old parts are packed properly and brought back promptly.", on [Completed];
        BUS_35 = "BUS-35": "服务报告经领导批准" / "The leader approves the report",
            "向领导汇报，服务报告经领导批准后存档。" /
            "Report to the leader; the service report is archived once the leader has approved it.";
        BUS_36 = "BUS-36": "费用报销" / "Expenses",
            "费用单据经领导审核后报销。" / "Expense forms and vouchers are reviewed by the leader, then reimbursed.";
        BUS_37 = "BUS-37": "来电来函登记" / "Calls and letters in order",
            "来电来函按时间顺序登记。" / "Calls and letters are recorded in time order.";
        BUS_38 = "BUS-38": "答复清楚" / "Clear answers",
            "答复清楚，及时处理，做好记录。" / "Answer clearly, handle promptly, record.";
        BUS_39 = "BUS-39": "问清再办" / "Clarify first",
            "不清楚的先问清楚再处理。" / "Unclear matters are clarified first, then handled.";
        BUS_40 = "BUS-40": "复函存档" / "Replies archived",
            "答复及时存档。" / "Replies are archived promptly.";
        BUS_41 = "BUS-41": "备用件领料" / "Requisition of spare parts",
            "服务人员提出，开具备用件领料单，经领导批准后领取。" /
            "Service staff propose, a spare-part requisition is issued, the leader approves, then the part is drawn.";
        BUS_42 = "BUS-42": "凭报告和旧件销账" / "Write-off against report and old part",
            "更换后凭用户签字、领导批准的服务报告和旧件销账。" /
            "After the replacement the service report, signed by the user and approved by the leader, and the old part are the basis for writing the spare off.";
        BUS_43 = "BUS-43": "邮寄配件" / "Mailed parts",
            "邮寄配件的邮费、运费经经办人和领导签字核销，旧件尽量收回。" /
            "Postage and freight of mailed parts are written off after the handler's and the leader's signatures; old parts are recovered as far as possible.";
        BUS_44 = "BUS-44": "备件库管理" / "The store",
            "备件规格、数量、质量清楚，摆放有序，账物相符。" /
            "Specification, quantity and quality are clear, the store orderly, book equals stock.";
        BUS_45 = "BUS-45": "入库" / "Receipt",
            "填写备用件接收单一式两份，登记入账。" / "The receiving form is made out in duplicate and booked in.";
        BUS_46 = "BUS-46": "凭证记账" / "Booking by voucher",
            "领入配件凭证记账，费用报销换回的新件入账。" /
            "Parts drawn in are booked by voucher; new material obtained in exchange after expense claims is booked in.";
        BUS_47 = "BUS-47": "出库与销账" / "Issue and write-off",
            "凭领料单出库，凭服务报告和未用件（旧件）销账。" /
            "Issue against the requisition; write off against the service report and the unused or old parts.";
        BUS_48 = "BUS-48": "旧件每月处理" / "Monthly disposal",
            "换下的旧件每月及时处理。" / "Replaced old parts are disposed of promptly every month.";
        BUS_49 = "BUS-49": "服务站配件单独建账" / "Stations' parts in a separate account",
            "发往服务站的配件单独建账。" / "Parts sent to service stations are kept in a separate account.";
        BUS_50 = "BUS-50": "二次索赔" / "Recovery from the supplier",
            "认真做好向配套厂家的二次索赔。" / "Second-level claims on the component supplier are carried out conscientiously.";
    }
    readings {
        BUS_R1 = "BUS-R1": "三包期的计算" / "How the guarantee is counted",
            "三包期和里程由公司启用时设定，以先到者为准；售出之日为第零天，以报告日期为准。" /
            "The company sets months and kilometres when it activates the policy, and whichever is reached first ends the cover; the day of sale is day 0, and the day of the report counts.";
        BUS_R2 = "BUS-R2": "服务半径" / "The radius",
            "服务半径指车辆所在地到最近服务站（没有服务站的到公司）的公路里程；恰好100公里为以内。" /
            "The radius is the distance by road from the vehicle to the nearest service station, or to the company where there is none; exactly 100 km is within it.";
        BUS_R3 = "BUS-R3": "100公里以内也适用“或”" / "The 'or' holds inside 100 km",
            "须联系配套厂家的，100公里以内也只承诺12小时内答复：没有配套厂家无法现场处理。" /
            "Where a supplier must be contacted, the 12-hour answer replaces the visit inside 100 km too: without the supplier nothing can be handled on site.";
        BUS_R4 = "BUS-R4": "到达现场并处理" / "On site and handling it",
            "24小时内到达并检查（第28条）；修复可能需要更长时间。" /
            "Within 24 hours staff arrive and begin with the check of rule 28; the repair itself may take longer.";
        BUS_R5 = "BUS-R5": "距离不明" / "Distance unknown",
            "故障系统或距离不明的，按12小时内答复。" /
            "Where the system or the distance is not known, the user is answered within 12 hours.";
        BUS_R6 = "BUS-R6": "用户拆动零件" / "Parts dismantled by the user",
            "规定只要求查看零件是否被拆动：拆动过的由领导决定；查明拆动即是原因的，不属三包。" /
            "The rule only says to look whether the part was dismantled: the leader then decides; where dismantling is the cause found, it is not covered.";
        BUS_R7 = "BUS-R7": "原因未查明" / "Cause not found yet",
            "原因查明之前按质量问题处理，以现场检查为准。" /
            "Until the cause is found a fault counts as a quality problem, subject to the check on site.";
        BUS_R8 = "BUS-R8": "换车与退车" / "Exchange and refund of the vehicle",
            "三包以修复为先；整车更换或退款只在重大问题时由领导决定。" /
            "Under the guarantees the part is repaired or replaced; the whole vehicle is exchanged or refunded only for a major problem, and if the leader decides so.";
        BUS_R9 = "BUS-R9": "里程未知" / "Mileage unknown",
            "报修时不知里程的，到现场核实。" / "A mileage that is not known when the fault is reported is verified on site.";
        BUS_R10 = "BUS-R10": "提前签字的处理" / "Sanction for an early signature",
            "第13条只说禁止，没有规定处理：按违反规章给予处分；违反其他规章同此。" /
            "Rule 13 forbids and names no sanction: it is a breach of the rules and disciplined; so is any other breach.";
        BUS_R11 = "BUS-R11": "“及时带回”" / "'Brought back promptly'",
            "旧件每月处理一次，所以一个月内带回；带回满一个月方可处理。" /
            "Old parts are disposed of monthly, so they come back within a month, and may be scrapped one month after that.";
        BUS_R12 = "BUS-R12": "何时收费" / "When money is collected",
            "款项“返回后上交”，所以在服务完成之后收取；用户也须事先同意。" /
            "The money is handed in on return, so it is collected after the work; the user agrees beforehand too.";
        BUS_R13 = "BUS-R13": "直接报到营销部" / "Reported directly",
            "在本平台报告的故障视为直接报到营销部；“联系”指联系用户，必要时也联系供应方。" /
            "A fault reported here counts as reported directly to the marketing department; contact is made with the user, and with the supplier if needed.";
        BUS_R14 = "BUS-R14": "交付问题" / "Problems of delivery",
            "规定没有涉及运输损坏、错发、短少和与订单不符，由领导决定。" /
            "The regulation does not speak of transit damage, wrong or missing goods, or goods not as ordered: the leader decides.";
        BUS_R15 = "BUS-R15": "何时调查" / "When the survey is asked",
            "服务完成后请用户填写调查表，一周内收回。" /
            "The user is asked to fill in the survey when the service is done, within a week.";
    }
    conduct {
        BUS_01 = "BUS-01": "目的" / "Purpose",
            "规范营销部的服务过程，使服务及时、周到、满意。" /
            "Controls the service process of the marketing department so that it is timely, thorough and satisfying.";
        BUS_02 = "BUS-02": "服务方针" / "Policy",
            "信息准确，反应迅速，处理有效，用户满意。" /
            "Accurate information, quick reaction, effective handling, a satisfied user.";
        BUS_15 = "BUS-15": "传授操作和保养知识" / "Teach operation and maintenance",
            "除排除故障外，主动向用户传授操作和保养知识。" /
            "Besides the fault, actively teach the user operation and maintenance.", on [Completed];
        BUS_18 = "BUS-18": "文明用语" / "Civil language",
            "文明用语，对不了解或无关的问题不下结论，维护公司和配套厂家的形象。" /
            "Use civil language; draw no conclusions on matters not understood or unrelated; protect the image of the company and its suppliers.", on [Arrived];
        BUS_25 = "BUS-25": "自我介绍" / "Introduce yourself",
            "到达后介绍自己和来意，请用户说明故障。" /
            "On arrival introduce yourself and your purpose; ask the user to describe the fault.", on [Arrived];
        BUS_33 = "BUS-33": "离开前汇报" / "Report before leaving",
            "离开前向单位简要汇报结果，请示有无其他任务。" /
            "Before leaving, report the result briefly to the unit and ask for further tasks.", on [Completed];
        BUS_34 = "BUS-34": "及时返岗" / "Return to work",
            "返回后及时上班，休息须经领导同意。" /
            "Return to work promptly after coming back; rest needs the leader's consent.", on [Closed];
    }
}
